/** Secret text and secret numbers: held in arrays that are overwritten, never in strings. */
@NullMarked
package org.beaconcohort.adapter.keystore.secret;

import org.jspecify.annotations.NullMarked;
