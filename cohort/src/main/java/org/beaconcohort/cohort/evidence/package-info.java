/** What proves a fault to anybody, from signed statements alone; silence proves nothing (R17). */
@NullMarked
package org.beaconcohort.cohort.evidence;

import org.jspecify.annotations.NullMarked;
