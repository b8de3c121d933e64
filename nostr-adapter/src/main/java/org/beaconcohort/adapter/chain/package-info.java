/**
 * A party's own chain source: the Esplora REST interface, every answer checked before it counts.
 */
@NullMarked
package org.beaconcohort.adapter.chain;

import org.jspecify.annotations.NullMarked;
