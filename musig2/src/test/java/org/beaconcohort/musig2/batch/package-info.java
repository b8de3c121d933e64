/** What fails is found, by no more checks than meant. */
@NullMarked
package org.beaconcohort.musig2.batch;

import org.jspecify.annotations.NullMarked;
