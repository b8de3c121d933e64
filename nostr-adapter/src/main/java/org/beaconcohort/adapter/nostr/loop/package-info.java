/**
 * One thread, its clock and its timers, as an argument: tests run the same code on virtual time.
 */
@NullMarked
package org.beaconcohort.adapter.nostr.loop;

import org.jspecify.annotations.NullMarked;
