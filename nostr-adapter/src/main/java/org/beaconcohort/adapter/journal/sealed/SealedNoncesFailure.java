package org.beaconcohort.adapter.journal.sealed;

import java.nio.file.Path;
import org.beaconcohort.cohort.port.PortFailure;

/** Sealed nonces cannot be kept or deleted; nothing is signed with one that was not deleted. */
public final class SealedNoncesFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  SealedNoncesFailure(Path folder, String what, Throwable cause) {
    super(
        "sealed nonces in "
            + folder
            + " "
            + what
            + ": "
            + cause
            + "; nothing was signed with it; check that the folder is on a disk of this machine, is"
            + " writable and has room",
        false,
        cause);
  }

  SealedNoncesFailure(Path folder) {
    super(
        "sealed nonces in "
            + folder
            + " must be one process's, another holds them; wait until that one ends",
        false);
  }
}
