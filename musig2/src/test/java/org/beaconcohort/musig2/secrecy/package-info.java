/** What can be enforced mechanically about the handling of secrets. */
@NullMarked
package org.beaconcohort.musig2.secrecy;

import org.jspecify.annotations.NullMarked;
