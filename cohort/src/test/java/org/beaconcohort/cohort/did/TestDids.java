package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Identifiers, keys and updates that tests share; all of them on regtest and repeatable. */
final class TestDids {
  static final Instant CREATED = Instant.parse("2026-05-01T10:00:00Z");
  static final String COHORT_ADDRESS =
      "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34";

  private TestDids() {}

  /** The secret key that is SHA-256 of {@code seed}. */
  static SecretKey key(String seed) {
    return SecretKey.of(TaggedHash.sha256(Utf8.encode(seed)).toArray());
  }

  static Btcr2Did did(String seed) {
    return Btcr2Did.ofKey(Network.REGTEST, key(seed).publicKey());
  }

  static SecureRandom random() {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(7);
      return random;
    } catch (NoSuchAlgorithmException noSuchGenerator) {
      throw new AssertionError(noSuchGenerator);
    }
  }

  static ArrayNode patch(String json) {
    return JsonFields.array(StrictJson.parse(json, JsonLimits.DOCUMENT), "patch");
  }

  /** The patch that lists the cohort's CAS beacon. */
  static ArrayNode listing(Btcr2Did did, String fragment) {
    ObjectNode add = StrictJson.newObject().put("op", "add").put("path", "/service/-");
    add.set("value", new BeaconService(did.url(fragment), BeaconType.CAS, COHORT_ADDRESS).json());
    return StrictJson.newArray().add(add);
  }

  /** The signed update to version 2 of the k1 identifier of {@code seed}. */
  static SignedUpdate listingUpdate(String seed) {
    return signed(seed, DidHistory.ofKey(did(seed)), listing(did(seed), "cohort"));
  }

  /** The next update of a history, signed by the initial key. */
  static SignedUpdate signed(String seed, DidHistory history, ArrayNode patch) {
    UnsignedUpdate update = UnsignedUpdate.make(history.current(), patch, history.versionId() + 1);
    return SignedUpdate.sign(
        update, history.current(), did(seed).url("initialKey"), key(seed), CREATED, random());
  }

  /** {@code update} with a proof by the initial key over whatever it says. */
  static SignedUpdate signedUnchecked(String seed, ObjectNode update) {
    DataIntegrityProof proof =
        DataIntegrityProof.sign(
            UnsignedUpdate.of(update),
            did(seed),
            did(seed).url("initialKey"),
            key(seed),
            CREATED,
            random());
    ObjectNode json = update.deepCopy();
    json.set("proof", proof.json());
    return SignedUpdate.of(json);
  }

  static Bytes hash(String text) {
    return TaggedHash.sha256(Utf8.encode(text));
  }
}
