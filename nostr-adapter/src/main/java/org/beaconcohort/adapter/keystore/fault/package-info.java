/** What can be wrong with a keystore, each with what happened, what is safe and what to do. */
@NullMarked
package org.beaconcohort.adapter.keystore.fault;

import org.jspecify.annotations.NullMarked;
