package org.beaconcohort.cohort.model;

import java.nio.charset.StandardCharsets;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A DID that a member registers for updates, with the proof that its controller agrees (N12).
 *
 * @param did canonical {@code did:btcr2:} string
 * @param genesisDocument canonical JSON of an x1 DID's genesis document, empty for k1
 * @param proof BIP-340 signature (64 bytes) by the DID's capability-invocation key over the opt-in
 */
public record Registration(String did, String genesisDocument, Bytes proof) {
  /** Checks the proof's length. */
  public Registration {
    if (proof.size() != 64) {
      throw new IllegalArgumentException("DID proof must be 64 bytes, got " + proof.size());
    }
  }

  /** The registered index: SHA-256 of the DID's UTF-8 bytes, 32 bytes. */
  public Bytes index() {
    return indexOf(did);
  }

  /** The index of {@code did}: SHA-256 of its UTF-8 bytes. */
  public static Bytes indexOf(String did) {
    return TaggedHash.sha256(Bytes.of(did.getBytes(StandardCharsets.UTF_8)));
  }
}
