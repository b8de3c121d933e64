package org.beaconcohort.cohort.did;

import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/** The keys of identifiers that nobody has updated yet, or whose later keys are not asked for. */
public final class DidKeys {
  private DidKeys() {}

  /**
   * The 33-byte key that may sign updates of version 1 of the document; the first if there are
   * several.
   *
   * @param genesisDocument JSON of the genesis document for x1, the empty string for k1
   * @throws InvalidDidException if the genesis document is not the one of {@code did}, is given for
   *     a k1 identifier, or names no such key
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if it is no document at all
   */
  public static Bytes invocationKey(Btcr2Did did, String genesisDocument) {
    if (did.key().isPresent()) {
      if (!genesisDocument.isEmpty()) {
        throw new InvalidDidException(
            "genesis document must be empty for the k1 DID " + did + ", got a text");
      }
      return did.key().get();
    }
    DidDocument document =
        DidDocument.ofGenesis(did, StrictJson.parse(genesisDocument, JsonLimits.DOCUMENT));
    return document
        .firstInvocationMethod()
        .flatMap(VerificationMethod::key)
        .orElseThrow(() ->
            new InvalidDidException(
                "genesis document of "
                    + did
                    + " must name a secp256k1 Multikey in"
                    + " capabilityInvocation"));
  }
}
