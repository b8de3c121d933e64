package org.beaconcohort.cohort.simulation;

import java.security.SecureRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.SessionContext;

/** Its partial signatures do not verify; all else is as it should be. */
final class CrookedVault extends OtherVault {
  CrookedVault(SecretKey key, SecureRandom random) {
    super(key, random);
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    byte[] partial = super.sign(roundId, number, transcript, session).toArray();
    partial[partial.length - 1] ^= 1;
    return Bytes.of(partial);
  }
}
