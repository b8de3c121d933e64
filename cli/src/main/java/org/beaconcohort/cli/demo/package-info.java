/** The demo: a whole round between parties that share nothing but relays and a chain. */
@NullMarked
package org.beaconcohort.cli.demo;

import org.jspecify.annotations.NullMarked;
