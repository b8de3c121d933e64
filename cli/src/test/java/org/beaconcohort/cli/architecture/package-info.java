/** The plan of modules and packages as rules that fail the build, and proof that they can fail. */
@NullMarked
package org.beaconcohort.cli.architecture;

import org.jspecify.annotations.NullMarked;
