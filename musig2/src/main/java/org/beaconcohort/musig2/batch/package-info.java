/** Finding what fails among equations that can be checked together for less than one by one. */
@NullMarked
package org.beaconcohort.musig2.batch;

import org.jspecify.annotations.NullMarked;
