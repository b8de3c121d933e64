package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.ReceivedFrame;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One demo of three over real WebSockets; what it left behind, and what its relay saw. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoTest {
  private static final JsonLimits FILE = new JsonLimits(1024 * 1024, 32);
  private static final int ANNOUNCEMENT = 34640;
  private static final int OUTER = 4640;

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);
  private Path out = Path.of("");
  private Shell demo = new Shell(-1, "", "");

  @BeforeAll
  void run(@TempDir Path directory) {
    out = directory.resolve("out");
    demo =
        Shell.run(
            "demo",
            "--participants",
            "3",
            "--relay",
            relay.url(),
            "--chain",
            chain.url(),
            "--out",
            out.toString(),
            "--json");
    assertEquals(0, demo.status(), demo.all());
  }

  @AfterAll
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void theLastLineHasExactlyTheAgreedFields() {
    List<String> fields = demo.lines().getLast().propertyStream().map(e -> e.getKey()).toList();
    assertEquals(
        List.of(
            "event",
            "at",
            "network",
            "beaconAddress",
            "txid",
            "tx",
            "spendPath",
            "signalBytes",
            "members",
            "out"),
        fields);
    assertEquals("done", done("event"));
    assertEquals("regtest", done("network"));
    assertEquals("3", done("members"));
  }

  @Test
  void everyLineHasAnEventAndATime() {
    for (ObjectNode line : demo.lines()) {
      List<String> fields = line.propertyStream().map(e -> e.getKey()).toList();
      assertEquals(List.of("event", "at"), fields.subList(0, 2), line.toString());
    }
  }

  @Test
  void theTransactionIsAKeyPathSpendThatEndsInTheHashOfTheCasMap() throws IOException {
    Transaction transaction = Transaction.parseHex(read("tx.hex").strip());
    assertEquals(done("txid"), transaction.displayTxid());
    assertEquals(done("tx"), transaction.serialize().hex());
    List<Bytes> witness = transaction.inputs().get(0).witness();
    assertEquals(List.of(64), witness.stream().map(Bytes::size).toList());
    Bytes hash =
        TaggedHash.sha256(Bytes.of(Files.readAllBytes(out.resolve("cas-announcement.json"))));
    assertEquals("6a20" + hash.hex(), transaction.lastOutput().script().hex());
    assertEquals(0, transaction.lastOutput().value());
    assertEquals(hash.hex(), done("signalBytes"));
  }

  @Test
  void everyMemberHasAFolderWithUpdateAndSidecar() throws IOException {
    ObjectNode announcement = json("cas-announcement.json");
    assertEquals(3, announcement.size());
    for (String did : dids()) {
      Path folder = folder(out, did);
      Sidecar sidecar = Sidecar.parse(Files.readString(folder.resolve("sidecar.json")));
      assertEquals(3, sidecar.history(Btcr2Did.parse(did)).versionId());
      assertEquals(
          sidecar.updates().getLast().json(),
          StrictJson.parse(Files.readString(folder.resolve("update.json")), FILE));
      assertEquals(announcement, sidecar.casUpdates().get(0).json());
    }
  }

  @Test
  void onTheWireThereAreOnlyTheAnnouncementAndOuterEvents() {
    Set<Integer> kinds = new HashSet<>();
    int outer = 0;
    for (JsonNode event : events().toList()) {
      int kind = event.path("kind").asInt();
      kinds.add(kind);
      if (kind == OUTER) {
        outer++;
        String content = event.path("content").asText();
        assertTrue(content.matches("[A-Za-z0-9+/]+=*"), "content must be NIP-44 only: " + content);
        assertEquals(1, event.path("tags").size(), event.path("tags").toString());
        assertEquals("p", event.path("tags").get(0).get(0).asText());
        assertEquals(2, event.path("tags").get(0).size());
      }
    }
    assertEquals(Set.of(ANNOUNCEMENT, OUTER), kinds);
    // At least opt-in, acknowledgement, request, response and signature of each of three.
    assertTrue(outer >= 15, "outer events must be at least 15, got " + outer);
  }

  @Test
  void noTwoOuterEventsHaveOneAuthor() {
    Map<String, String> authors = new HashMap<>();
    for (JsonNode event : events().toList()) {
      if (event.path("kind").asInt() == OUTER) {
        authors.put(event.path("id").asText(), event.path("pubkey").asText());
      }
    }
    assertEquals(authors.size(), Set.copyOf(authors.values()).size());
  }

  @Test
  void nothingThatBelongsToAMemberIsReadableOnTheWire() throws IOException {
    Set<String> secrets = new HashSet<>();
    for (JsonNode member : json("cohort.json").path("members")) {
      // Keys appear with and without the byte that gives the parity.
      secrets.add(member.path("cohortKey").asText().substring(2));
      secrets.add(member.path("statementKey").asText());
      secrets.add(member.path("optIn").asText());
    }
    for (String did : dids()) {
      secrets.add(did.substring(did.lastIndexOf(':') + 1));
      secrets.add(Btcr2Did.parse(did).key().orElseThrow().hex().substring(2));
      Path folder = folder(out, did);
      for (var update : Sidecar.parse(Files.readString(folder.resolve("sidecar.json"))).updates()) {
        secrets.add(update.hash().hex());
        secrets.add(update.json().path("proof").path("proofValue").asText());
        secrets.add(update.json().path("targetHash").asText());
      }
    }
    Transaction transaction = Transaction.parseHex(done("tx"));
    secrets.add(transaction.inputs().get(0).witness().get(0).hex());
    secrets.add(done("txid"));
    secrets.add(done("signalBytes"));
    secrets.add(done("beaconAddress"));
    assertTrue(secrets.size() >= 3 * 3 + 3 * 2 + 3 * 2 * 3 + 4, secrets.toString());
    for (ReceivedFrame frame : relay.receivedFrames()) {
      for (String secret : secrets) {
        assertFalse(secret.isEmpty());
        assertFalse(frame.text().contains(secret), secret + " is readable in " + frame.text());
      }
      for (String word : List.of("did:btcr2", "nonce", "signature")) {
        assertFalse(frame.text().contains(word), word + " is readable in " + frame.text());
      }
    }
  }

  @Test
  void theSearchWouldFindWhatIsThere() throws IOException {
    String coordinator = json("cohort.json").path("coordinator").path("publicKey").asText();
    assertTrue(
        relay.receivedFrames().stream().anyMatch(frame -> frame.text().contains(coordinator)));
  }

  @Test
  void theCheckOfTheFilesPasses() throws IOException {
    check(out);
  }

  @Test
  void theCheckFindsAnotherSignature(@TempDir Path copy) throws IOException {
    copyTo(copy);
    String hex = read("tx.hex").strip();
    // The last byte before the lock time is the signature's last.
    char last = hex.charAt(hex.length() - 9) == '0' ? '1' : '0';
    Files.writeString(
        copy.resolve("tx.hex"),
        hex.substring(0, hex.length() - 9) + last + hex.substring(hex.length() - 8));
    assertWrong(copy, "signatures verify");
  }

  @Test
  void theCheckFindsAnotherAnnouncement(@TempDir Path copy) throws IOException {
    copyTo(copy);
    Files.writeString(copy.resolve("cas-announcement.json"), read("cas-announcement.json") + "\n");
    assertWrong(copy, "last output");
  }

  @Test
  void theCheckFindsASidecarThatLacksAnUpdate(@TempDir Path copy) throws IOException {
    copyTo(copy);
    Path file = folder(copy, dids().get(1)).resolve("sidecar.json");
    ObjectNode sidecar = StrictJson.parseObject(Files.readString(file), FILE, "sidecar");
    JsonFields.array(sidecar, "updates", "sidecar").remove(0);
    Files.writeString(file, sidecar.toString());
    assertWrong(copy, "resolves to");
  }

  @Test
  void theCheckFindsAnotherUpdate(@TempDir Path copy) throws IOException {
    copyTo(copy);
    Files.copy(
        folder(out, dids().get(0)).resolve("update.json"),
        folder(copy, dids().get(1)).resolve("update.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertWrong(copy, "resolves to");
  }

  private void assertWrong(Path directory, String what) {
    CommandFailure failure = assertThrows(CommandFailure.class, () -> check(directory));
    assertEquals(ExitCode.INTERNAL, failure.exitCode());
    assertTrue(
        String.valueOf(failure.getMessage()).contains(what), String.valueOf(failure.getMessage()));
  }

  /** Everything that may be a signal, found on the chain by the addresses of the documents. */
  private void check(Path directory) throws IOException {
    ObjectNode cohort = json("cohort.json");
    TxOutput beacon =
        new TxOutput(
            cohort.path("round").path("outpointSat").asLong(),
            Bytes.ofHex(cohort.path("beaconScript").asText()));
    try (EsploraChain source = new EsploraChain(chain.url())) {
      ResultCheck check = new ResultCheck(directory, source, 1);
      check.transaction(beacon);
      Bytes round = Transaction.parseHex(done("tx")).txid();
      for (String did : dids()) {
        Btcr2Did parsed = Btcr2Did.parse(did);
        String singleton = KeyAddress.p2tr(Network.REGTEST, parsed.key().orElseThrow());
        Bytes listing = source.unspent(singleton).get(0).outpoint().txid();
        check.member(parsed, List.of(round, listing));
      }
    }
  }

  private void copyTo(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(out.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Path folder(Path directory, String did) {
    return directory.resolve(did.substring(did.lastIndexOf(':') + 1));
  }

  /** Every event any client sent. */
  private Stream<JsonNode> events() {
    return relay.receivedFrames().stream()
        .map(frame -> StrictJson.parse(frame.text(), FILE))
        .filter(message -> message.path(0).asText().equals("EVENT"))
        .map(message -> message.path(1));
  }

  private List<String> dids() throws IOException {
    return json("cas-announcement.json").propertyStream().map(e -> e.getKey()).toList();
  }

  private String done(String field) {
    return demo.lines().getLast().path(field).asText();
  }

  private ObjectNode json(String file) throws IOException {
    return StrictJson.parseObject(read(file), FILE, file);
  }

  private String read(String file) throws IOException {
    return Files.readString(out.resolve(file));
  }
}
