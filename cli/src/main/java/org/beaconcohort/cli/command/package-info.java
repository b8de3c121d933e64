/** What all commands share: how they report, fail and name their options. */
@NullMarked
package org.beaconcohort.cli.command;

import org.jspecify.annotations.NullMarked;
