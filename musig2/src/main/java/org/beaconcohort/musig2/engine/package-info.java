/**
 * The group of secp256k1: points, public scalars, and the two engines that compute with them.
 *
 * <p>{@code CurveEngine} is what BIP-340 and BIP-327 need; {@code CurveEngines} chooses one for the
 * process.
 */
@NullMarked
package org.beaconcohort.musig2.engine;

import org.jspecify.annotations.NullMarked;
