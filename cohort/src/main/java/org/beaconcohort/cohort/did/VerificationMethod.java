package org.beaconcohort.cohort.did;

import java.util.Optional;
import org.beaconcohort.cohort.did.key.MalformedKeyException;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A public key in a DID document.
 *
 * @param id DID URL, absolute even where the document writes only its fragment
 * @param type for instance {@code Multikey}
 * @param publicKeyMultibase the key's text, empty if the method holds it in another form
 */
public record VerificationMethod(String id, String type, String publicKeyMultibase) {
  static final String MULTIKEY = "Multikey";

  /** The 33-byte key, if the method is a Multikey of secp256k1. */
  public Optional<Bytes> key() {
    if (!type.equals(MULTIKEY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Multikey.decode(publicKeyMultibase));
    } catch (MalformedKeyException otherKind) {
      return Optional.empty();
    }
  }
}
