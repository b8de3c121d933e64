/** Results of measurements, for machines and in tables for people. */
@NullMarked
package org.beaconcohort.cli.bench.table;

import org.jspecify.annotations.NullMarked;
