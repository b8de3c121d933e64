package org.beaconcohort.musig2.protocol;

/** What a signer, or the aggregator, gives to a BIP-327 session. */
public enum Contribution {
  /** 33 bytes, of one signer. */
  PUBLIC_KEY("public key"),
  /** 66 bytes, of one signer. */
  PUBLIC_NONCE("public nonce"),
  /** 66 bytes, of whoever aggregates nonces, for all signers or for all others. */
  AGGREGATE_NONCE("aggregate nonce"),
  /** 32 bytes, of one signer. */
  PARTIAL_SIGNATURE("partial signature");

  private final String words;

  Contribution(String words) {
    this.words = words;
  }

  /** The name as it stands in messages. */
  @Override
  public String toString() {
    return words;
  }
}
