/** How secrets come in: from a terminal, a file descriptor or the environment, never arguments. */
@NullMarked
package org.beaconcohort.cli.secret;

import org.jspecify.annotations.NullMarked;
