package org.beaconcohort.musig2.bip340;

/**
 * A signature made here did not verify here, so it was not handed out: a fault of the machine or an
 * attack on it, since a faulty signature can reveal the key.
 */
public final class FaultySignatureException extends IllegalStateException {
  /** For a signature of the named kind. */
  public FaultySignatureException(String kind) {
    super(
        kind + " must verify before it leaves, got one that does not; the computation was faulty");
  }
}
