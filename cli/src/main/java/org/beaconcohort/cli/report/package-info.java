/** What the program prints: lines for people, or one JSON object per line. */
@NullMarked
package org.beaconcohort.cli.report;

import org.jspecify.annotations.NullMarked;
