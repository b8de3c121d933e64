/** What a coordinator's operator remembers of members, in a file. */
@NullMarked
package org.beaconcohort.adapter.reliability;

import org.jspecify.annotations.NullMarked;
