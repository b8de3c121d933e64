package org.beaconcohort.cli.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.files.LedgerFile;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateFilesTest {
  private static final String SERVICE = "web,LinkedDomains,https://alice.example/a,b";

  @TempDir private Path directory = Path.of("");

  @Test
  void aNewKeyIsReadableByItsOwnerAloneAndNeverPrinted() throws IOException {
    Shell made = make("--new-key", "--add-service", SERVICE);
    assertEquals(0, made.status(), made.err());
    Path key = directory.resolve("key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    String secret = Files.readString(key).strip();
    assertEquals(64, secret.length());
    assertFalse(made.all().contains(secret));
    assertFalse(Files.readString(directory.resolve("update")).contains(secret));
  }

  @Test
  void anExistingKeyIsNeverReplaced() throws IOException {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    String before = Files.readString(directory.resolve("key"));
    Shell again = make("--new-key", "--add-service", SERVICE);
    assertEquals(69, again.status());
    assertTrue(again.err().contains("exists already"), again.err());
    assertEquals(before, Files.readString(directory.resolve("key")));
  }

  @Test
  void theUpdateAppliesToVersionOne() throws IOException {
    Shell made = make("--new-key", "--json", "--add-service", SERVICE);
    Btcr2Did did = Btcr2Did.parse(made.lines().getLast().path("did").asText());
    UnsignedUpdate update = UnsignedUpdate.parse(Files.readString(directory.resolve("update")));
    assertEquals(2, update.targetVersionId());
    assertEquals(DidDocument.initial(did).documentHash(), update.sourceHash());
    String value = update.patch().get(0).path("value").path("serviceEndpoint").asText();
    assertEquals("https://alice.example/a,b", value);
    assertEquals(did.url("web"), update.patch().get(0).path("value").path("id").asText());
  }

  @Test
  void withoutAKeyTheIdentifierIsEnough() {
    Shell first = make("--new-key", "--json", "--add-service", SERVICE);
    String did = first.lines().getLast().path("did").asText();
    Shell second =
        Shell.run(
            "update", "make", "--did", did, "--add-service", SERVICE, "--out", path("second"));
    assertEquals(0, second.status(), second.err());
    assertEquals(read("update"), read("second"));
  }

  @Test
  void aSignedUpdateVerifiesAndIsDatedBeforeAnyMedianTime() throws IOException {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    Shell signed = sign("update", "signed");
    assertEquals(0, signed.status(), signed.err());
    SignedUpdate update = SignedUpdate.parse(Files.readString(directory.resolve("signed")));
    String method = update.proof().verificationMethod();
    Btcr2Did did = Btcr2Did.parse(method.substring(0, method.indexOf('#')));
    assertTrue(update.applyTo(DidDocument.initial(did), 1).json().has("service"));
    Instant created = update.proof().created().orElseThrow();
    assertTrue(created.isBefore(Instant.now().minus(Duration.ofHours(2))), created.toString());
    assertFalse(signed.all().contains(read("key").strip()));
  }

  @Test
  void aSignedUpdateIsNotSignedAgain() {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    assertEquals(0, sign("update", "signed").status());
    Shell again = sign("signed", "again");
    assertEquals(65, again.status());
    assertTrue(again.err().contains("must be unsigned"), again.err());
  }

  @Test
  void aVersionThatWasHandedOutIsNotSignedAgain() throws IOException {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    assertEquals(0, sign("update", "signed").status());
    SignedUpdate signed = SignedUpdate.parse(read("signed"));
    String method = signed.proof().verificationMethod();
    Btcr2Did did = Btcr2Did.parse(method.substring(0, method.indexOf('#')));
    LedgerFile.beside(directory.resolve("key"), did).handOut(signed);
    Shell again = sign("update", "again");
    assertEquals(3, again.status());
    assertTrue(again.err().contains("VERSION_HANDED_OUT"), again.err());
    assertFalse(Files.exists(directory.resolve("again")));
  }

  @Test
  void anotherDocumentsUpdateIsNotSigned() throws IOException {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    Files.delete(directory.resolve("key"));
    write("update.before", read("update"));
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    Shell other = sign("update.before", "signed");
    assertEquals(65, other.status());
    assertTrue(other.err().contains("SOURCE_HASH_MISMATCH"), other.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[",
        "[]",
        "[{\"op\":\"add\"}]",
        "[{\"op\":\"add\",\"op\":\"add\",\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"did:btcr2:k1other\"}]",
        "[{\"op\":\"remove\",\"path\":\"/nothing\"}]",
        "[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}] x"
      })
  void aBadPatchIsExit65(String patch) {
    write("patch", patch);
    Shell bad = make("--new-key", "--patch", path("patch"));
    assertEquals(65, bad.status(), bad.all());
    assertTrue(bad.err().contains("\n  next: "), bad.err());
    assertFalse(Files.exists(directory.resolve("update")));
  }

  @Test
  void badFilesAreExit65AndNamed() {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    String update = read("update");
    write("trailing", update + "{}");
    write("duplicate", update.replaceFirst("\\{", "{\"patch\":[],"));
    write("nested", "[".repeat(100_000));
    write("unknown", update.replaceFirst("\\{", "{\"more\":1,"));
    write("large", " ".repeat(200_000) + update);
    for (String file : List.of("trailing", "duplicate", "nested", "unknown", "large", "missing")) {
      Shell bad = sign(file, "never");
      assertEquals(65, bad.status(), file + ": " + bad.all());
      assertTrue(bad.err().contains(path(file)), bad.err());
      assertFalse(Files.exists(directory.resolve("never")), file);
    }
  }

  @Test
  void aFileThatIsNoUtf8IsExit65() throws IOException {
    assertEquals(0, make("--new-key", "--add-service", SERVICE).status());
    Files.write(directory.resolve("latin"), new byte[] {'"', (byte) 0xe9, '"'});
    assertEquals(65, sign("latin", "never").status());
  }

  @Test
  void aDocumentOfAnotherIdentifierIsExit65() {
    Shell made = make("--new-key", "--json", "--add-service", SERVICE);
    String did = made.lines().getLast().path("did").asText();
    write("document", DidDocument.initial(Btcr2Did.parse(did)).json().toString());
    Shell other =
        Shell.run(
            "update",
            "make",
            "--key-file",
            path("other"),
            "--new-key",
            "--document",
            path("document"),
            "--add-service",
            SERVICE,
            "--out",
            path("never"));
    assertEquals(65, other.status(), other.all());
  }

  @Test
  void aLaterVersionIsMadeFromItsDocument() {
    Shell made = make("--new-key", "--json", "--add-service", SERVICE);
    String did = made.lines().getLast().path("did").asText();
    write("document", DidDocument.initial(Btcr2Did.parse(did)).json().toString());
    Shell later =
        Shell.run(
            "update",
            "make",
            "--did",
            did,
            "--document",
            path("document"),
            "--document-version",
            "7",
            "--add-service",
            SERVICE,
            "--out",
            path("later"));
    assertEquals(0, later.status(), later.all());
    assertEquals(8, UnsignedUpdate.parse(read("later")).targetVersionId());
  }

  private Shell make(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("update", "make", "--key-file", path("key"), "--out", path("update")));
    arguments.addAll(List.of(more));
    return Shell.run(arguments.toArray(new String[0]));
  }

  private Shell sign(String update, String out) {
    return Shell.run(
        "update", "sign", "--key-file", path("key"), "--update", path(update), "--out", path(out));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException unreadable) {
      throw new AssertionError(name, unreadable);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException unwritable) {
      throw new AssertionError(name, unwritable);
    }
  }
}
