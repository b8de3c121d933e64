/** Commands of an operator on a journal: looking, moving, archiving, and deciding what it asks. */
@NullMarked
package org.beaconcohort.cli.journal;

import org.jspecify.annotations.NullMarked;
