/** What a round leaves behind: files, their check, and the transaction in words. */
@NullMarked
package org.beaconcohort.cli.result;

import org.jspecify.annotations.NullMarked;
