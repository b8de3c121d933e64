package org.beaconcohort.cohort.beacon;

import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.musig2.bytes.Bytes;

/** The 32 bytes that a beacon's transaction carries in its last output. */
public record SignalBytes(Bytes value) {
  /** Length in bytes. */
  public static final int SIZE = 32;

  public SignalBytes {
    if (value.size() != SIZE) {
      throw new IllegalArgumentException(
          "signal bytes must be " + SIZE + " bytes, got " + value.size());
    }
  }

  /** What a singleton beacon signals for {@code update}: its hash. */
  public static SignalBytes ofUpdate(SignedUpdate update) {
    return new SignalBytes(update.hash());
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return value.hex();
  }
}
