/**
 * What happens to a party in a cohort, told to whoever listens: facts of the machines as progress.
 */
@NullMarked
package org.beaconcohort.adapter.progress;

import org.jspecify.annotations.NullMarked;
