package org.beaconcohort.cli.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.secret.Descriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a keystore, with secrets on descriptors; nothing secret is printed. */
final class KeysCommandTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String HEX =
      "0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d";
  private static final String HEX_PUBLIC =
      "02d0de0aaeaefad02b8bdc8a01a1b8b11c696bd3d66a2c5f10780d95b7df42645c";
  private static final String NIP_49 =
      "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yph"
          + "nm8623nsl8xn9j4jdzz84zm3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";

  @TempDir private Path folder = Path.of("");

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Runs {@code keys …} on the keystore with lines of secrets, and looks for them in its words. */
  private Shell keys(List<String> secrets, String... command) {
    try (Descriptor lines = Descriptor.of(secrets.toArray(new String[0]))) {
      List<String> all = new ArrayList<>(List.of("keys"));
      for (String word : command) {
        all.add(word.equals("FD") ? lines.number() : word);
      }
      all.addAll(List.of("--keystore", path("keys"), "--password-fd", lines.number()));
      Shell done = Shell.run(all.toArray(new String[0]));
      secrets.forEach(
          secret -> assertFalse(!secret.isEmpty() && done.all().contains(secret), done.all()));
      return done;
    }
  }

  private static Shell ok(Shell done) {
    assertEquals(0, done.status(), done.all());
    return done;
  }

  private static void failed(int status, String code, Shell done) {
    assertEquals(status, done.status(), done.all());
    assertTrue(done.err().contains(code + ": "), done.err());
    assertTrue(done.err().contains("\n  next: "), done.err());
  }

  private Shell create(String name, String... more) {
    List<String> command = new ArrayList<>(List.of("create", "--name", name));
    command.addAll(List.of(more));
    return keys(List.of(PASSWORD), command.toArray(new String[0]));
  }

  private Shell list(String file) {
    return ok(Shell.run("keys", "list", "--keystore", path(file), "--json"));
  }

  @Test
  void aKeyIsMadeListedWithoutPasswordAndMadeOnce() {
    Shell made = ok(create("alice"));
    assertTrue(made.out().contains("alice, for did"), made.out());
    ok(create("leader", "--purpose", "identity"));
    Shell listed = list("keys");
    assertEquals(2, listed.lines().getLast().path("keys").size());
    assertEquals(
        "identity", listed.lines().getLast().path("keys").path(1).path("purpose").asText());
    Shell one = ok(Shell.run("keys", "list", "--keystore", path("keys"), "--name", "leader"));
    assertTrue(one.out().contains("npub1"), one.out());
    assertFalse(one.out().contains("alice"), one.out());
    failed(3, "NAME_TAKEN", create("alice"));
    failed(3, "NO_SUCH_KEY", Shell.run("keys", "list", "--keystore", path("keys"), "--name", "x"));
  }

  @Test
  void aWrongPasswordIsRefused() {
    ok(create("alice"));
    Shell refused = keys(List.of("wrong horse battery"), "create", "--name", "bob");
    failed(3, "WRONG_PASSWORD", refused);
    assertEquals(1, list("keys").lines().getLast().path("keys").size());
  }

  @ParameterizedTest
  @CsvSource({
    "hex, " + HEX + ", " + HEX_PUBLIC + ", regtest",
    "wif, KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617, " + HEX_PUBLIC + ", bitcoin",
  })
  void publishedKeysComeInAndGoOutTheSame(
      String format, String secret, String publicKey, String network) throws IOException {
    Shell taken =
        ok(
            keys(
                List.of(PASSWORD, secret),
                "import",
                "--name",
                "k",
                "--format",
                format,
                "--key-network",
                network,
                "--secret-fd",
                "FD"));
    assertTrue(taken.out().contains(publicKey), taken.out());
    Shell out =
        ok(
            keys(
                List.of(PASSWORD),
                "export",
                "--name",
                "k",
                "--format",
                format,
                "--key-network",
                network,
                "--unencrypted",
                "--out",
                path("out")));
    assertFalse(out.all().contains(secret), out.all());
    assertEquals(secret + "\n", Files.readString(folder.resolve("out")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out"))));
  }

  @Test
  void theNcryptsecOfNip49ComesInAndGoesOutUnderAnotherPassword() throws IOException {
    ok(
        keys(
            List.of(PASSWORD, NIP_49, "nostr"),
            "import",
            "--name",
            "k",
            "--format",
            "ncryptsec",
            "--secret-fd",
            "FD",
            "--secret-password-fd",
            "FD"));
    ok(
        keys(
            List.of(PASSWORD, "another password"),
            "export",
            "--name",
            "k",
            "--secret-password-fd",
            "FD",
            "--out",
            path("out")));
    String text = Files.readString(folder.resolve("out")).strip();
    assertTrue(text.startsWith("ncryptsec1"), text);
    // It comes back as the same key, which is therefore refused under a second name.
    Shell again =
        keys(
            List.of(PASSWORD, text, "another password"),
            "import",
            "--name",
            "again",
            "--format",
            "ncryptsec",
            "--secret-fd",
            "FD",
            "--secret-password-fd",
            "FD");
    failed(3, "KEY_REUSED", again);
    assertTrue(again.err().contains("--accept-linked-keys"), again.err());
  }

  @Test
  void wordsAndAPathGiveTheKeyOfBip86() {
    String words = "abandon ".repeat(11) + "about";
    Shell taken =
        ok(
            keys(
                List.of(PASSWORD, words),
                "import",
                "--name",
                "wallet",
                "--format",
                "mnemonic",
                "--key-network",
                "bitcoin",
                "--path",
                "m/86'/0'/0'/0/1",
                "--secret-fd",
                "FD"));
    assertTrue(
        taken.out().contains("83dfe85a3151d2517290da461fe2815591ef69f2b18a2ce63f01697a8b313145"),
        taken.out());
    assertTrue(taken.out().contains("mnemonic m/86'/0'/0'/0/1"), taken.out());
    failed(
        2,
        "FORMAT",
        keys(
            List.of(PASSWORD),
            "export",
            "--name",
            "wallet",
            "--format",
            "mnemonic",
            "--out",
            path("out")));
  }

  @Test
  void aMalformedSecretIsRefusedAndLeavesNoKeystore() {
    Shell refused =
        keys(
            List.of(PASSWORD, HEX.replace('0', 'x')),
            "import",
            "--name",
            "k",
            "--format",
            "hex",
            "--secret-fd",
            "FD");
    failed(65, "BAD_INPUT", refused);
    assertFalse(Files.exists(folder.resolve("keys")));
  }

  @Test
  void anUnencryptedExportIsRefusedUnlessItIsMeant() {
    ok(create("alice"));
    failed(
        3,
        "UNENCRYPTED",
        keys(
            List.of(PASSWORD), "export", "--name", "alice", "--format", "hex", "--out", path("o")));
    assertFalse(Files.exists(folder.resolve("o")));
    failed(
        2,
        "WEAK_PASSWORD",
        keys(
            List.of(PASSWORD, "tiny7!"),
            "export",
            "--name",
            "alice",
            "--secret-password-fd",
            "FD",
            "--out",
            path("o")));
  }

  @Test
  void anotherPasswordTakesThePlaceOfTheOld() {
    ok(create("alice"));
    ok(keys(List.of(PASSWORD, "another password"), "passwd", "--new-password-fd", "FD"));
    failed(3, "WRONG_PASSWORD", create("bob"));
    ok(keys(List.of("another password"), "create", "--name", "bob"));
    failed(
        2,
        "WEAK_PASSWORD",
        keys(List.of("another password", "tiny7!"), "passwd", "--new-password-fd", "FD"));
  }

  @Test
  void aBackupComesBackMarkedIntoANewKeystore() throws IOException {
    ok(create("alice"));
    ok(create("leader", "--purpose", "identity"));
    ok(keys(List.of(PASSWORD), "backup", "--to", path("b")));
    failed(3, "EXISTS", keys(List.of(PASSWORD), "backup", "--to", path("b")));
    assertTrue(list("b").lines().getLast().path("backup").asBoolean());
    Files.delete(folder.resolve("keys"));
    failed(
        3,
        "WRONG_PASSWORD",
        keys(
            List.of("a new password", "not the backup's"),
            "restore",
            "--from",
            path("b"),
            "--backup-password-fd",
            "FD"));
    assertFalse(Files.exists(folder.resolve("keys")));
    ok(
        keys(
            List.of("a new password", PASSWORD),
            "restore",
            "--from",
            path("b"),
            "--backup-password-fd",
            "FD"));
    var restored = list("keys").lines().getLast().path("keys");
    assertEquals(2, restored.size());
    assertEquals(32, restored.path(0).path("restored").path("id").asText().length());
    failed(65, "WRONG_KIND", keys(List.of(PASSWORD), "restore", "--from", path("keys")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create --name alice --password geheim123",
        "create --name alice --password=geheim123",
        "import --name alice --format mnemonic --passphrase geheim123",
        "import --name alice --format hex --secret geheim123",
        "import --name alice --format mnemonic --mnemonic geheim123 geheim123 geheim123"
      })
  void aSecretAmongTheArgumentsIsRefusedAndNotRepeated(String line) {
    Shell refused = Shell.run(("keys " + line + " --keystore " + path("keys")).split(" "));
    assertEquals(2, refused.status(), refused.all());
    assertTrue(refused.err().contains("must not be arguments"), refused.err());
    assertFalse(refused.all().contains("geheim"), refused.all());
    assertFalse(Files.exists(folder.resolve("keys")));
  }

  @Test
  void updatesAreMadeWithoutAndSignedWithThePasswordOfAKeystore() {
    ok(create("alice"));
    ok(create("leader", "--purpose", "identity"));
    ok(
        Shell.run(
            "update",
            "make",
            "--keystore",
            path("keys"),
            "--name",
            "alice",
            "--add-service",
            "web,LinkedDomains,https://alice.example",
            "--out",
            path("u.json")));
    ok(sign("alice"));
    failed(3, "OTHER_PURPOSE", sign("leader"));
    failed(3, "NO_SUCH_KEY", sign("carol"));
    failed(65, "BAD_INPUT", sign("leader", "--accept-linked-keys"));
    failed(2, "KEY", sign("alice", "--key-file", "alice.key"));
    failed(2, "KEY", Shell.run("update", "sign", "--update", path("u.json"), "--out", path("s")));
  }

  private Shell sign(String name, String... more) {
    try (Descriptor lines = Descriptor.of(PASSWORD)) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "update",
                  "sign",
                  "--keystore",
                  path("keys"),
                  "--name",
                  name,
                  "--password-fd",
                  lines.number(),
                  "--update",
                  path("u.json"),
                  "--out",
                  path("s.json")));
      command.addAll(List.of(more));
      return Shell.run(command.toArray(new String[0]));
    }
  }
}
