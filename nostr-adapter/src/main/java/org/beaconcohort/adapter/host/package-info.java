/**
 * One thread of control, one clock and one journal for each cohort that a process takes part in.
 */
@NullMarked
package org.beaconcohort.adapter.host;

import org.jspecify.annotations.NullMarked;
