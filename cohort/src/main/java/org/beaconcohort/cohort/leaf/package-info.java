/** Leaf A: who has signed alone, who keeps the data for the absent, and whether it may be asked. */
@org.jspecify.annotations.NullMarked
package org.beaconcohort.cohort.leaf;
