/** How the program ends: exit codes, and failures that say what to do next. */
@NullMarked
package org.beaconcohort.cli.exit;

import org.jspecify.annotations.NullMarked;
