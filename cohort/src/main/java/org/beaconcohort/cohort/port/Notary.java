package org.beaconcohort.cohort.port;

import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.musig2.bytes.Bytes;

/** Makes a complete signed event of a header and a body with the party's statement key. */
public interface Notary {
  /** The x-only key that signs, 32 bytes. */
  Bytes statementKey();

  /** The signed statement; the same arguments may give another signature and id. */
  SignedStatement sign(Header header, Statement body);
}
