package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidDocumentTest {
  private static final String DID = TestDids.did("document").text();

  private static ObjectNode minimal() {
    ObjectNode json = StrictJson.newObject();
    DidDocument.CONTEXT.forEach(json.putArray("@context")::add);
    return json.put("id", DID);
  }

  private static DidDocument withField(String field, String value) {
    ObjectNode json = minimal();
    json.set(field, StrictJson.parse(value.replace("DID", DID), JsonLimits.DOCUMENT));
    return DidDocument.of(json);
  }

  /** Source hashes of recorded updates: the peer's initial documents byte for byte. */
  @ParameterizedTest
  @CsvSource({
    "034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa,"
        + " RC862zhW7b2jaMgzAFkn_PiQMFlvl3MtamsJhtvbqew",
    "02466d7fcae563e5cb09a0d1870bb580344804617879a14949cf22285f1bae3f27,"
        + " euzbq01Vo3RjTtD4UZvYfNP0CMej0ncG9BfrMmDlGo0"
  })
  void theInitialDocumentHasTheRecordedHash(String key, String hash) {
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, Bytes.ofHex(key));
    assertEquals(hash, Base64Url.encode(DidDocument.initial(did).documentHash()));
  }

  @Test
  void theInitialDocumentHasOneKeyAndThreeSingletons() {
    Btcr2Did did = TestDids.did("document");
    DidDocument document = DidDocument.initial(did);
    assertEquals(did, document.did());
    assertEquals(List.of(did.url("initialKey")), document.invocationIds());
    assertEquals(did.key(), document.firstInvocationMethod().flatMap(VerificationMethod::key));
    assertEquals(
        List.of("initialP2PKH", "initialP2WPKH", "initialP2TR"),
        document.beaconServices().stream()
            .map(beacon -> beacon.id().substring(beacon.id().indexOf('#') + 1))
            .toList());
    BeaconService taproot = document.beaconServices().getLast();
    assertTrue(taproot.address().startsWith("bcrt1p"));
    assertTrue(document.lists(taproot.address(), BeaconType.SINGLETON));
    assertFalse(document.lists(taproot.address(), BeaconType.CAS));
    assertFalse(document.lists(TestDids.COHORT_ADDRESS, BeaconType.SINGLETON));
    assertFalse(document.deactivated());
    assertThrows(
        InvalidDidException.class,
        () -> DidDocument.initial(Btcr2Did.ofGenesisHash(Network.REGTEST, Bytes.of(new byte[32]))));
  }

  @Test
  void aCallerCannotChangeTheDocument() {
    DidDocument document = DidDocument.initial(TestDids.did("document"));
    Bytes before = document.documentHash();
    document.json().put("id", "changed");
    ObjectNode json = document.json();
    DidDocument copy = DidDocument.of(json);
    json.putArray("service");
    assertEquals(before, DidDocument.of(document.json()).documentHash());
    assertEquals(3, copy.beaconServices().size());
  }

  @Test
  void aGenesisDocumentBecomesTheFirstVersion() {
    ObjectNode genesis = minimal().put("id", DidDocument.PLACEHOLDER);
    genesis
        .putArray("service")
        .add(
            new BeaconService(
                    DidDocument.PLACEHOLDER + "#cohort", BeaconType.CAS, TestDids.COHORT_ADDRESS)
                .json());
    Btcr2Did did = Btcr2Did.ofGenesisDocument(Network.REGTEST, genesis);
    DidDocument document = DidDocument.ofGenesis(did, genesis);
    assertEquals(did, document.did());
    assertEquals(did.url("cohort"), document.beaconServices().getFirst().id());
    assertTrue(document.lists(TestDids.COHORT_ADDRESS, BeaconType.CAS));
    assertFalse(StrictJson.write(document.json()).contains(DidDocument.PLACEHOLDER));
  }

  @Test
  void refusesAnotherGenesisDocument() {
    ObjectNode genesis = minimal().put("id", DidDocument.PLACEHOLDER);
    Btcr2Did did = Btcr2Did.ofGenesisDocument(Network.REGTEST, genesis);
    ObjectNode other = genesis.deepCopy().put("deactivated", true);
    assertThrows(InvalidDidException.class, () -> DidDocument.ofGenesis(did, other));
    assertThrows(
        InvalidDidException.class, () -> DidDocument.ofGenesis(TestDids.did("document"), genesis));
    // Whose id is another DID: its updates would apply to both.
    ObjectNode foreign = DidDocument.initial(TestDids.did("document")).json();
    Btcr2Did thief = Btcr2Did.ofGenesisDocument(Network.REGTEST, foreign);
    assertThrows(InvalidDidException.class, () -> DidDocument.ofGenesis(thief, foreign));
  }

  @Test
  void aFragmentAloneMeansTheDocument() {
    String key = Multikey.encode(TestDids.key("document").publicKey());
    ObjectNode json = minimal();
    json.putArray("verificationMethod")
        .addObject()
        .put("id", "#k")
        .put("type", "Multikey")
        .put("controller", DID)
        .put("publicKeyMultibase", key);
    json.putArray("capabilityInvocation").add("#k");
    DidDocument document = DidDocument.of(json);
    assertEquals(List.of(DID + "#k"), document.invocationIds());
    assertTrue(document.invocationMethod(DID + "#k").isPresent());
    assertTrue(document.invocationMethod(DID + "#other").isEmpty());
  }

  @Test
  void aMethodMayStandInTheRelationshipItself() {
    String key = Multikey.encode(TestDids.key("document").publicKey());
    DidDocument document =
        withField(
            "capabilityInvocation",
            "[{\"id\":\"DID#in\",\"type\":\"Multikey\",\"controller\":\"DID\","
                + "\"publicKeyMultibase\":\""
                + key
                + "\"}]");
    assertEquals(
        TestDids.key("document").publicKey(),
        document.invocationMethod(DID + "#in").flatMap(VerificationMethod::key).orElseThrow());
    assertTrue(document.verificationMethods().isEmpty());
  }

  @Test
  void aReferenceToNothingIsListedButHasNoMethod() {
    DidDocument document = withField("capabilityInvocation", "[\"DID#gone\"]");
    assertEquals(List.of(DID + "#gone"), document.invocationIds());
    assertTrue(document.invocationMethod(DID + "#gone").isEmpty());
    assertTrue(document.firstInvocationMethod().isEmpty());
  }

  @Test
  void bip321ParametersAreNotPartOfTheAddress() {
    DidDocument document =
        withField(
            "service",
            "[{\"id\":\"#b\",\"type\":\"SMTBeacon\",\"serviceEndpoint\":\"BITCOIN:addr?label=x\"},"
                + "{\"id\":\"#w\",\"type\":\"LinkedDomains\",\"serviceEndpoint\":[\"https://x\"]},"
                + "{\"id\":\"#m\",\"type\":[\"A\",\"B\"],\"serviceEndpoint\":{\"a\":\"https://x\"}}]");
    assertEquals(
        List.of(new BeaconService(DID + "#b", BeaconType.SMT, "addr")), document.beaconServices());
  }

  @Test
  void propertiesThatNobodyNamedAreKept() {
    DidDocument document = withField("example", "{\"n\":1.50}");
    assertEquals("{\"n\":1.5}", StrictJson.write(document.json().path("example")));
    assertTrue(withField("deactivated", "true").deactivated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"id\":\"DID\"}",
        "{\"@context\":\"https://www.w3.org/ns/did/v1.1\",\"id\":\"DID\"}",
        "{\"@context\":[\"https://www.w3.org/ns/did/v1.1\"],\"id\":\"DID\"}",
        "{\"@context\":[\"https://btcr2.dev/context/v1\",\"https://www.w3.org/ns/did/v1.1\"],"
            + "\"id\":\"DID\"}",
        "{\"@context\":[\"https://www.w3.org/ns/did/v1\",\"https://btcr2.dev/context/v1\"],"
            + "\"id\":\"DID\"}",
        "{\"@context\":[\"https://www.w3.org/ns/did/v1.1\",\"https://btcr2.dev/context/v1\",7],"
            + "\"id\":\"DID\"}",
        "{CTX}",
        "{CTX,\"id\":7}",
        "{CTX,\"id\":\"did:btcr2:_\"}",
        "{CTX,\"id\":\"did:web:example.org\"}",
        "{CTX,\"id\":\"DID#a\"}",
        "{CTX,\"id\":\"DID\",\"id\":\"DID\"}",
        "{CTX,\"id\":\"DID\"} ",
        "{CTX,\"id\":\"DID\"}x"
      })
  void refusesWhatIsNoDocument(String text) {
    String json =
        text.replace(
                "CTX",
                "\"@context\":[\"https://www.w3.org/ns/did/v1.1\",\"https://btcr2.dev/context/v1\"]")
            .replace("DID", DID);
    if (json.endsWith(" ")) {
      assertEquals(DID, DidDocument.parse(json).did().text(), "space after the object is no fault");
    } else {
      assertThrows(MalformedJsonException.class, () -> DidDocument.parse(json));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "controller | 7",
        "controller | [7]",
        "alsoKnownAs | \"x\"",
        "verificationMethod | {}",
        "verificationMethod | [\"DID#k\"]",
        "verificationMethod | [{}]",
        "verificationMethod | [{\"id\":\"DID\",\"type\":\"T\",\"controller\":\"DID\"}]",
        "verificationMethod | [{\"id\":\"k\",\"type\":\"T\",\"controller\":\"DID\"}]",
        "verificationMethod | [{\"id\":\"#k\",\"type\":7,\"controller\":\"DID\"}]",
        "verificationMethod | [{\"id\":\"#k\",\"type\":\"T\"}]",
        "verificationMethod | [{\"id\":\"#k\",\"type\":\"T\",\"controller\":\"DID\","
            + "\"publicKeyMultibase\":7}]",
        "verificationMethod | [{\"id\":\"#k\",\"type\":\"T\",\"controller\":\"DID\"},"
            + "{\"id\":\"DID#k\",\"type\":\"T\",\"controller\":\"DID\"}]",
        "authentication | \"DID#k\"",
        "capabilityInvocation | [7]",
        "capabilityInvocation | [\"#k\",\"DID#k\"]",
        "service | {}",
        "service | [7]",
        "service | [{\"id\":\"#s\",\"type\":\"CASBeacon\"}]",
        "service | [{\"id\":\"#s\",\"serviceEndpoint\":\"bitcoin:x\"}]",
        "service | [{\"id\":\"#s\",\"type\":\"CASBeacon\",\"serviceEndpoint\":\"https://x\"}]",
        "service | [{\"id\":\"#s\",\"type\":\"CASBeacon\",\"serviceEndpoint\":\"bitcoin:\"}]",
        "service | [{\"id\":\"#s\",\"type\":\"CASBeacon\",\"serviceEndpoint\":\"bitcoin:?a=b\"}]",
        "service | [{\"id\":\"#s\",\"type\":\"CASBeacon\",\"serviceEndpoint\":[\"bitcoin:x\"]}]",
        "service | [{\"id\":\"#s\",\"type\":\"A\",\"serviceEndpoint\":7}]",
        "service | [{\"id\":\"#s\",\"type\":[7],\"serviceEndpoint\":\"x\"}]",
        "service | [{\"id\":\"#s\",\"type\":\"A\",\"serviceEndpoint\":\"x\"},"
            + "{\"id\":\"DID#s\",\"type\":\"A\",\"serviceEndpoint\":\"y\"}]",
        "deactivated | \"true\""
      })
  void refusesPropertiesOfAnotherShape(String field, String value) {
    assertThrows(MalformedJsonException.class, () -> withField(field, value));
  }

  @Test
  void refusesOversizedAndDeepDocuments() {
    ObjectNode large = minimal().put("note", "a".repeat(JsonLimits.DOCUMENT.maxBytes()));
    assertThrows(MalformedJsonException.class, () -> DidDocument.of(large));
    String nested = "[".repeat(40) + "]".repeat(40);
    String deep = StrictJson.write(minimal()).replaceFirst("\\{", "{\"a\":" + nested + ",");
    assertThrows(MalformedJsonException.class, () -> DidDocument.parse(deep));
  }

  @Test
  void randomDamageGivesADocumentOrATypedError() {
    String sound = StrictJson.write(DidDocument.initial(TestDids.did("document")).json());
    for (long seed = 1; seed <= 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(sound);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(32, 127));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, text.substring(at, Math.min(at + 9, text.length())));
        }
      }
      try {
        DidDocument document = DidDocument.parse(text.toString());
        assertEquals(document, DidDocument.of(document.json()), "seed " + seed);
      } catch (MalformedJsonException expected) {
        // The other outcome.
      }
    }
  }
}
