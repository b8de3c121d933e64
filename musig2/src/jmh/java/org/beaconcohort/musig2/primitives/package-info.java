/** What each step of a signature costs, by JMH. */
@NullMarked
package org.beaconcohort.musig2.primitives;

import org.jspecify.annotations.NullMarked;
