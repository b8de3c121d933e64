/** What a journal costs: appends with full sync, from claim to release, replay. */
@NullMarked
package org.beaconcohort.cli.bench.journal;

import org.jspecify.annotations.NullMarked;
