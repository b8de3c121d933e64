package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Identifiers and documents under mutation. */
final class DidFuzzTest {
  private static final Btcr2Did KEY_DID = TestDids.did("fuzz");
  private static final Btcr2Did OTHER_DID =
      Btcr2Did.ofGenesisHash(Network.BITCOIN, TestDids.hash("genesis"));
  private static final String INITIAL = StrictJson.write(DidDocument.initial(KEY_DID).json());

  /** With everything that a document may have: embedded methods, relative ids, unknown fields. */
  private static final String RICH =
      INITIAL
          .replace(
              "\"assertionMethod\":[",
              "\"deactivated\":false,\"controller\":[\"did:a:b\"],\"alsoKnownAs\":[\"x\"],"
                  + "\"extra\":{\"a\":[1]},\"assertionMethod\":[{\"id\":\"#own\",\"type\":\"T\","
                  + "\"controller\":\"did:a:b\"},")
          .replace(
              "\"service\":[",
              "\"service\":[{\"id\":\"#web\",\"type\":[\"A\",\"B\"],\"serviceEndpoint\":[\"u\"]},"
                  + "{\"type\":\"CASBeacon\",\"serviceEndpoint\":\"bitcoin:bcrt1q?amount=1\"},");

  private static String genesis() {
    ObjectNode json = DidDocument.initial(KEY_DID).json();
    return StrictJson.write(json).replace(KEY_DID.text(), DidDocument.PLACEHOLDER);
  }

  @Test
  void aTextIsAnIdentifierOrRefused() {
    Fuzz.ofText("Btcr2Did.parse", List.of(KEY_DID.text(), OTHER_DID.text()))
        .refusing(InvalidDidException.class)
        .run(text -> {
          Btcr2Did did = Btcr2Did.parse(text);
          Btcr2Did again =
              did.key().isPresent()
                  ? Btcr2Did.ofKey(did.network(), did.genesisBytes())
                  : Btcr2Did.ofGenesisHash(did.network(), did.genesisBytes());
          assertEquals(text, again.text());
        });
  }

  @Test
  void aTextIsADocumentOrRefused() {
    Fuzz.ofJson("DidDocument.parse", List.of(INITIAL, RICH))
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .upTo(140_000)
        .run(text -> {
          DidDocument document = DidDocument.parse(text);
          document.firstInvocationMethod();
          document.invocationIds().forEach(document::invocationMethod);
          assertEquals(document, DidDocument.of(document.json()));
        });
  }

  @Test
  void aGenesisDocumentMakesADocumentOrIsRefused() {
    Fuzz.ofJson("DidDocument.ofGenesis", List.of(genesis()))
        .refusing(MalformedJsonException.class, InvalidDidException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          JsonNode json = StrictJson.parse(text, JsonLimits.DOCUMENT);
          Btcr2Did did = Btcr2Did.ofGenesisDocument(Network.REGTEST, json);
          assertEquals(did, DidDocument.ofGenesis(did, json).did());
        });
  }

  @Test
  void aGenesisDocumentNamesAnInvocationKeyOrIsRefused() {
    Fuzz.ofJson("DidKeys.invocationKey", List.of(genesis()))
        .refusing(MalformedJsonException.class, InvalidDidException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          JsonNode json = StrictJson.parse(text, JsonLimits.DOCUMENT);
          Btcr2Did did = Btcr2Did.ofGenesisDocument(Network.REGTEST, json);
          assertEquals(33, DidKeys.invocationKey(did, text).size());
        });
  }
}
