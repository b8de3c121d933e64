package org.beaconcohort.cli.files;

import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;

/** An update in a file, with or without its proof. */
public sealed interface UpdateFile {
  /** The update without proof. */
  UnsignedUpdate unsigned();

  /** Made, not signed. */
  record Unsigned(UnsignedUpdate unsigned) implements UpdateFile {}

  /** Signed: some version of some document, for ever. */
  record Signed(SignedUpdate update) implements UpdateFile {
    @Override
    public UnsignedUpdate unsigned() {
      return update.unsigned();
    }
  }
}
