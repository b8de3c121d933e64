/** Streaming aggregation: any order, any repetition, and who is named when it fails. */
@NullMarked
package org.beaconcohort.musig2.coordinator;

import org.jspecify.annotations.NullMarked;
