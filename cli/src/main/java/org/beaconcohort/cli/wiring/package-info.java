/** The one place that makes adapters out of what users name. */
@NullMarked
package org.beaconcohort.cli.wiring;

import org.jspecify.annotations.NullMarked;
