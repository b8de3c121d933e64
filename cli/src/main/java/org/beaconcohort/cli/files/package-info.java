/** Files of users: read strictly and within limits, written whole or not at all. */
@NullMarked
package org.beaconcohort.cli.files;

import org.jspecify.annotations.NullMarked;
