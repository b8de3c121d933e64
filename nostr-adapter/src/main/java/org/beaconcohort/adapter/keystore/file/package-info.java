/** The keystore file: header, sealed keys, and how they come onto the disk. */
@NullMarked
package org.beaconcohort.adapter.keystore.file;

import org.jspecify.annotations.NullMarked;
