/**
 * JSON that means one thing only: strict parsing with limits, RFC 8785 canonical bytes and hashes
 * of them, and base64url.
 */
@NullMarked
package org.beaconcohort.cohort.json;

import org.jspecify.annotations.NullMarked;
