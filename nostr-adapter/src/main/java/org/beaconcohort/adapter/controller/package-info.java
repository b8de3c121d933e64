/**
 * A DID controller in this process: one key, the updates it has handed out, and its own resolution
 * of what the chain says about them.
 */
@NullMarked
package org.beaconcohort.adapter.controller;

import org.jspecify.annotations.NullMarked;
