/** Secret keys under a password in one file, and their backups. */
@NullMarked
package org.beaconcohort.adapter.keystore;

import org.jspecify.annotations.NullMarked;
