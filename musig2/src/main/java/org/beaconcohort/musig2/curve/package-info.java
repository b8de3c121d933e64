/**
 * secp256k1: points, scalars, secret keys, secret nonces, and the engines that compute with them.
 *
 * <p>Everything that touches a secret number is in this package. Outside it a secret is an opaque
 * object: a {@code SecretKey} that makes nonces and answers, a {@code SecretNonce} that answers
 * once.
 */
@NullMarked
package org.beaconcohort.musig2.curve;

import org.jspecify.annotations.NullMarked;
