/** What the 32 signal bytes of a beacon say: beacon types, CAS announcements, signal bytes. */
@NullMarked
package org.beaconcohort.cohort.beacon;

import org.jspecify.annotations.NullMarked;
