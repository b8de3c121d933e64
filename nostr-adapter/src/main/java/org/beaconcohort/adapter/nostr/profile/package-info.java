/** The native profile on Nostr: statements as signed events, and how they travel. */
@NullMarked
package org.beaconcohort.adapter.nostr.profile;

import org.jspecify.annotations.NullMarked;
