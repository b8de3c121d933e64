package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.key.Base58;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/**
 * The examples of the specification (repository dcdpr/did-btcr2, 2026), which anyone can make
 * again: secret keys and the randomness of signatures are hashes of published seeds. Their proofs
 * have no {@code invocationTarget} yet.
 */
class SpecExamplesTest {
  private static final Network NETWORK = Network.MUTINYNET;
  private static final String DID =
      "did:btcr2:x1qhm2yjspwgyeq7k8980n2twxmezmd0pzyd4qpwm7h7c23wgr6u3rj3gm8cg";
  private static final SecretKey KEY_0 = seed("controller / key-0");
  private static final SecretKey KEY_1 = seed("controller / key-1");

  private static SecretKey seed(String name) {
    return TestDids.key("did:btcr2 example corpus / " + name);
  }

  private static ObjectNode genesis() {
    String id = DidDocument.PLACEHOLDER;
    ObjectNode json = StrictJson.newObject();
    DidDocument.CONTEXT.forEach(json.putArray("@context")::add);
    json.put("id", id);
    json.putArray("verificationMethod").add(method(id + "#key-0", id, KEY_0));
    json.putArray("assertionMethod").add(id + "#key-0");
    json.putArray("capabilityInvocation").add(id + "#key-0");
    Bytes cas = seed("CAS aggregator").publicKey();
    Bytes smt = seed("SMT aggregator").publicKey();
    json.putArray("service")
        .add(service(id + "#service-0", BeaconType.SINGLETON, p2wpkh(KEY_0)))
        .add(service(id + "#service-1", BeaconType.CAS, KeyAddress.p2tr(NETWORK, cas)))
        .add(service(id + "#service-2", BeaconType.SMT, KeyAddress.p2tr(NETWORK, smt)));
    return json;
  }

  private static ObjectNode method(String id, String controller, SecretKey key) {
    return StrictJson.newObject()
        .put("id", id)
        .put("type", "Multikey")
        .put("controller", controller)
        .put("publicKeyMultibase", Multikey.encode(key.publicKey()));
  }

  private static ObjectNode service(String id, BeaconType type, String address) {
    return new BeaconService(id, type, address).json();
  }

  private static String p2wpkh(SecretKey key) {
    return KeyAddress.p2wpkh(NETWORK, key.publicKey());
  }

  private static ArrayNode operations(ObjectNode... operations) {
    return StrictJson.newArray().addAll(List.of(operations));
  }

  private static ObjectNode operation(String op, String path) {
    return StrictJson.newObject().put("op", op).put("path", path);
  }

  /** Signs as the example did: without {@code created} and {@code invocationTarget}. */
  private static SignedUpdate sign(
      UnsignedUpdate update, Btcr2Did did, String fragment, SecretKey key, String label) {
    ObjectNode proof = StrictJson.newObject();
    UnsignedUpdate.CONTEXT.forEach(proof.putArray("@context")::add);
    proof.put("type", "DataIntegrityProof").put("cryptosuite", "bip340-jcs-2025");
    proof.put("verificationMethod", did.url(fragment));
    proof.put("proofPurpose", "capabilityInvocation");
    proof.put("capability", DataIntegrityProof.rootCapability(did));
    proof.put("capabilityAction", "Write");
    Bytes message = TaggedHash.sha256(Jcs.documentHash(proof), update.documentHash());
    Bytes auxiliary = TestDids.hash("did:btcr2 example corpus / aux_rand / " + label);
    proof.put("proofValue", "z" + Base58.encode(Schnorr.sign(key, message, auxiliary)));
    ObjectNode json = update.json();
    json.set("proof", proof);
    return SignedUpdate.of(json);
  }

  private static UnsignedUpdate addKey(DidDocument source) {
    ObjectNode addMethod = operation("add", "/verificationMethod/1");
    addMethod.set("value", method(DID + "#key-1", DID, KEY_1));
    ObjectNode addRelationship = operation("add", "/authentication");
    addRelationship.putArray("value").add(DID + "#key-1");
    return UnsignedUpdate.make(source, operations(addMethod, addRelationship), 2);
  }

  private static UnsignedUpdate addService(DidDocument source) {
    ObjectNode add = operation("add", "/service/3");
    add.set("value", service(DID + "#service-3", BeaconType.SINGLETON, p2wpkh(KEY_1)));
    return UnsignedUpdate.make(source, operations(add), 3);
  }

  private static UnsignedUpdate rotateKey(DidDocument source) {
    ObjectNode replace = operation("replace", "/capabilityInvocation");
    replace.putArray("value").add(DID + "#key-1");
    return UnsignedUpdate.make(source, operations(replace), 4);
  }

  private static DidDocument after(UnsignedUpdate update, DidDocument source) {
    return update.applyTo(source, update.targetVersionId() - 1);
  }

  @Test
  void theGenesisDocumentHasTheIdentifierOfTheExample() {
    assertEquals(DID, Btcr2Did.ofGenesisDocument(NETWORK, genesis()).text());
  }

  @Test
  void theUpdatesHaveTheHashesOfTheExample() {
    DidDocument first = DidDocument.ofGenesis(Btcr2Did.parse(DID), genesis());
    UnsignedUpdate second = addKey(first);
    UnsignedUpdate third = addService(after(second, first));
    UnsignedUpdate fourth = rotateKey(after(third, after(second, first)));
    assertEquals(
        List.of(
            "O-01R07Xdov9myJ0NBmrs0BF3u_Yw4hky8hMzKE0MUY",
            "Rd9NR_kzIdbPBf9V5Srr5lkr3Qw6pUjrpuuZfo1YL8o",
            "HDLiTin4d3Lt-Z5NSh5Kfkhqf4iglDv8A0T7oG20_uU",
            "WDutTOxfjKx7Peh56FI3TwbAxVxYIbvdKZLdLL1EQec"),
        List.of(
            Base64Url.encode(second.sourceHash()),
            Base64Url.encode(third.sourceHash()),
            Base64Url.encode(fourth.sourceHash()),
            Base64Url.encode(fourth.targetHash())));
    assertEquals(second.targetHash(), third.sourceHash());
  }

  @Test
  void theProofsAreThoseOfTheExampleByteForByte() {
    Btcr2Did did = Btcr2Did.parse(DID);
    DidDocument first = DidDocument.ofGenesis(did, genesis());
    SignedUpdate second = sign(addKey(first), did, "key-0", KEY_0, "update-2");
    assertEquals(
        "z313jDDznRsbnr85HMnVFRrLYxsrbQFBnJ7sDgtiE23KVeiQjjUWCLekPSWqzDHtmsv7YYfJdgQ16o2dBXEABJuEJ",
        second.proof().json().path("proofValue").textValue());
    DidDocument source = after(second.unsigned(), first);
    SignedUpdate third = sign(addService(source), did, "key-0", KEY_0, "update-3");
    assertEquals(
        "z4Wc65jGEM5eYWJ33Ny8TNzWjfEBb8qpqwg2Xwtmk33Y6QkPbD9ReqZt5MpVJdPnBcxE1bX1pdSe8Jz7hZLLMBRTd",
        third.proof().json().path("proofValue").textValue());
    assertTrue(third.proof().verifiesSignature(third.unsigned(), KEY_0.publicKey()));
    // What resolvers have asked for since.
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, () -> second.applyTo(first, 1));
    assertEquals(UpdateRefusal.INVOCATION_TARGET_MISMATCH, refused.refusal());
  }

  @Test
  void theCasAnnouncementHasTheUpdateHashesOfTheExample() {
    Btcr2Did did = Btcr2Did.parse(DID);
    DidDocument first = DidDocument.ofGenesis(did, genesis());
    DidDocument source = after(addKey(first), first);
    SignedUpdate third = sign(addService(source), did, "key-0", KEY_0, "update-3");
    SignedUpdate a = memberUpdate("cohort member A", "cohort-a");
    SignedUpdate b = memberUpdate("cohort member B", "cohort-b");
    CasAnnouncement announcement =
        CasAnnouncement.of(
            Map.of(
                did,
                third.hash(),
                memberDid("cohort member A"),
                a.hash(),
                memberDid("cohort member B"),
                b.hash()));
    assertEquals(
        CasAnnouncement.parse(
            "{\""
                + DID
                + "\":\"MkZZ6wn_ZzKKMgP4_Jg5vA72ai3CMpsamSx90a3qDu0\","
                + "\"did:btcr2:k1q5p27vtztzx8sc4aqgkhfpu45wq28kkgh8cz7lsxf4qf3hmfylj2zfgq08ltl\":"
                + "\"fKGEeABs99Pz-viC8mN7h1EKsdqIgwJO2TAGSC6FVWY\","
                + "\"did:btcr2:k1q5p45r553eyay795wdf6h6ymkmal4e6cncuhvmg86u5n2wmxwrhx0tqckly4m\":"
                + "\"iR4qVQijk_RHWPFWUA1UPbE-l48SWncSDqoxwOg_KgA\"}"),
        announcement);
  }

  @Test
  void theInitialDocumentHasTheAddressesOfTheExample() {
    Btcr2Did did = memberDid("key-based identifier");
    assertEquals(
        "did:btcr2:k1q5pxw76fzmq5fttej05clqr2wlg97zrj7897783pngqwa4kvunm538sev7lgu", did.text());
    DidDocument document = DidDocument.initial(did);
    assertEquals(
        "zQ3shUNjnRCnXfg4YCXNCwuR2e4qHTgKo1VoCGLWgFNmnKSD3",
        document.verificationMethods().getFirst().publicKeyMultibase());
    assertEquals(
        List.of(
            "mjze5oaFanSDCAnYCRQ1hC8BP8vcZKPTnq",
            "tb1qxyw09dm6xkdyv7xtuwnn5pmnw9g320vylmzn40",
            "tb1p0akugyyvzkwm4tfmu58txwrmfkhr8ysx94e6q3hv5488g9xg9l3qts9xuu"),
        document.beaconServices().stream().map(BeaconService::address).toList());
  }

  private static Btcr2Did memberDid(String name) {
    return Btcr2Did.ofKey(NETWORK, seed(name).publicKey());
  }

  private static SignedUpdate memberUpdate(String name, String label) {
    Btcr2Did did = memberDid(name);
    UnsignedUpdate update =
        UnsignedUpdate.make(
            DidDocument.initial(did), operations(operation("remove", "/capabilityDelegation")), 2);
    return sign(update, did, "initialKey", seed(name), label);
  }
}
