package org.beaconcohort.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** Files that users hand in under mutation: each fault is exit code 65. */
final class FilesFuzzTest {
  private static final String PATCH =
      "[{\"op\":\"add\",\"path\":\"/service/-\",\"value\":{\"id\":\"#a\",\"type\":\"T\","
          + "\"serviceEndpoint\":\"https://example.org\"}}]";

  private static final Path PATH = Path.of("input");

  private final SecretKey key = SecretKey.of(Bytes.ofHex("07".repeat(32)).toArray());
  private final Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
  private final DidDocument document = DidDocument.initial(did);
  private final UnsignedUpdate unsigned =
      UnsignedUpdate.make(document, StrictJson.parse(PATCH, JsonLimits.DOCUMENT), 2);
  private final SignedUpdate signed =
      SignedUpdate.sign(
          unsigned,
          document,
          did.url(DidDocument.INITIAL_KEY),
          key,
          Instant.parse("2026-05-01T10:00:00Z"),
          new SecureRandom());

  /** A fault may have no other exit code. */
  private static void badInputOnly(Runnable reading) {
    try {
      reading.run();
    } catch (CommandFailure failure) {
      assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
      throw failure;
    }
  }

  private static void fuzz(String what, List<String> seeds, Consumer<String> reading) {
    Fuzz.ofJson(what, seeds)
        .refusing(CommandFailure.class)
        .allocatingPerUnit(1_024)
        .run(text -> badInputOnly(() -> reading.accept(text)));
  }

  @Test
  void aFileIsAKeyOrBadInput() {
    Bytes digits = Bytes.of("07".repeat(32).getBytes(StandardCharsets.US_ASCII));
    Fuzz.ofBytes("KeyFile.key", List.of(digits, Bytes.concat(digits, Bytes.ofHex("0a"))))
        .refusing(CommandFailure.class)
        .run(bytes -> badInputOnly(() -> KeyFile.key(PATH, bytes.toArray()).destroy()));
  }

  @Test
  void aFileIsUtf8OrBadInput() {
    JsonLimits limits = new JsonLimits(5_000, 1);
    Fuzz.ofBytes("InputFile.text", List.of(Bytes.of("aé😀".getBytes(StandardCharsets.UTF_8))))
        .refusing(CommandFailure.class)
        .run(bytes -> badInputOnly(() -> InputFile.at(PATH).text(bytes.toArray(), limits)));
  }

  @Test
  void aFileIsAnUpdateOrBadInput() {
    fuzz(
        "InputFile.update",
        List.of(StrictJson.write(unsigned.json()), StrictJson.writePretty(signed.json())),
        text -> InputFile.at(PATH).update(text));
  }

  @Test
  void aFileIsADocumentOrBadInput() {
    fuzz(
        "InputFile.document",
        List.of(StrictJson.writePretty(document.json())),
        text -> InputFile.at(PATH).document(text));
  }

  @Test
  void aFileIsAPatchOrBadInput() {
    fuzz("InputFile.patch", List.of(PATCH), text -> InputFile.at(PATH).patch(text));
  }

  @Test
  void aFileIsALedgerOrBadInput() {
    ObjectNode ledger = StrictJson.newObject().put("did", did.text());
    ledger.putArray("updates").add(signed.json());
    ledger.putArray("casUpdates").add(CasAnnouncement.of(Map.of(did, signed.hash())).json());
    ledger.putArray("transactions").add("ab".repeat(32));
    fuzz(
        "LedgerFile.read",
        List.of(StrictJson.writePretty(ledger)),
        text -> LedgerFile.read(PATH, did, text));
  }
}
