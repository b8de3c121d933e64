/** Commands on a keystore: keys come, go, and move under other passwords. */
@NullMarked
package org.beaconcohort.cli.keys;

import org.jspecify.annotations.NullMarked;
