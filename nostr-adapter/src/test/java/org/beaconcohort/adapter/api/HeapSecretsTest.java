package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.beaconcohort.adapter.keystore.KeyReuse;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.KeystoreScene;
import org.beaconcohort.adapter.keystore.file.FileKind;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.file.KeystoreFile;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.musig2.bytes.Bytes;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a round, with everything closed and nothing forgotten, the live objects of the process hold
 * none of the secrets that this test knows. Secrets planted in every form are found.
 */
@Timeout(240)
final class HeapSecretsTest {
  /**
   * What may be found after everything is closed, and why (docs/security.md, "Erasure").
   *
   * <p>The channel key is a record, held by facts and in journals; it signs nothing.
   */
  private static final Set<String> EXCEPTIONS = Set.of("channel key");

  /** What a process that signs holds, so that a form that is searched for is one that is used. */
  private static final List<String> HELD_WHILE_OPEN =
      List.of("identity key", "DID key of alice", "cohort key of alice", "inbox key of bob");

  /** More than any party of the round draws. */
  private static final int DRAWS = 400;

  private static final Bytes LEADER = Bytes.ofHex("1a".repeat(16) + "2b".repeat(16));
  private static final Map<String, Bytes> MEMBERS =
      Map.of(
          "alice", Bytes.ofHex("3c".repeat(16) + "4d".repeat(16)),
          "bob", Bytes.ofHex("5e".repeat(16) + "6f".repeat(16)));

  @TempDir private Path folder = Path.of("");
  private final Map<String, String> said = new TreeMap<>();
  private final List<KnownSecret> secrets = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"auto", "bouncycastle"})
  void noSecretOfTheRoundIsAmongTheLiveObjects(String engine) throws Exception {
    makeKeystore();
    play(engine);
    keystoreSecrets();
    keySecrets();
    nonceSecrets();
    HeapSearch search = new HeapSearch();
    secrets.forEach(search::add);
    Set<String> open = search.in(folder.resolve("open.hprof"));
    HELD_WHILE_OPEN.forEach(name -> assertTrue(open.contains(name + " BIG_ENDIAN"), name));
    Set<String> planted = new TreeSet<>();
    for (KnownSecret.Form form : KnownSecret.Form.values()) {
      String name = "planted " + form;
      search.add(new KnownSecret(name, Bytes.of(Draws.draw("planted " + form, 0))));
      planted.add(name + " " + form);
    }

    Path dump = folder.resolve("closed.hprof");
    Set<String> found = search.in(dump);

    System.out.println(
        secrets.size()
            + " secrets in "
            + search.patterns()
            + " forms, "
            + (Files.size(dump) >> 20)
            + " MiB of live objects; while open "
            + open
            + ", closed "
            + found);
    assertTrue(found.containsAll(planted), () -> "planted " + planted + ", found " + found);
    found.removeAll(planted);
    assertEquals(Set.of(), unexpected(found));
    assertNothingInFiles(search);
  }

  private static Set<String> unexpected(Set<String> found) {
    Set<String> rest = new TreeSet<>(found);
    rest.removeIf(name -> EXCEPTIONS.stream().anyMatch(name::startsWith));
    return rest;
  }

  /** Keystore, journals and all that the process printed. */
  private void assertNothingInFiles(HeapSearch search) throws IOException {
    Files.writeString(folder.resolve("printed"), said.toString());
    int searched = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".hprof")).toList()) {
        assertEquals(Set.of(), unexpected(search.in(file)), file::toString);
        searched++;
      }
    }
    assertTrue(searched >= 4, "keystore, two journals, what was printed");
  }

  private void makeKeystore() {
    KeystoreScene scene = new KeystoreScene();
    try (Keystore keystore = scene.create(folder.resolve("keys"))) {
      add(keystore, "leader", KeyPurpose.IDENTITY, LEADER);
      MEMBERS.forEach((name, key) -> add(keystore, name, KeyPurpose.DID, key));
    }
  }

  private static void add(Keystore keystore, String name, KeyPurpose purpose, Bytes key) {
    try (KeyNumber number = KeyNumber.of(key.toArray())) {
      KeyEntry entry = keystore.add(name, purpose, number, "hex", KeyReuse.REFUSED);
      assertEquals(RoundSecrets.publicKey(key), entry.publicKey());
    }
  }

  private void play(String engine) throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dbeacon-cohort.curve-engine=" + engine,
                "-cp",
                classes,
                SecretsProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (var in = process.getOutputStream()) {
      in.write(KeystoreScene.PASSWORD.getBytes(StandardCharsets.UTF_8));
    }
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(line -> said.put(line.split("=", 2)[0], line.replaceFirst("[^=]*=", "")));
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertTrue(said.containsKey("closed"), said::toString);
    int draws = Integer.parseInt(Optional.ofNullable(said.get("draws")).orElseThrow());
    assertTrue(draws > 10 && draws <= DRAWS, () -> draws + " draws");
  }

  private Bytes hex(String name) {
    return Bytes.ofHex(Optional.ofNullable(said.get(name)).orElseThrow());
  }

  private List<Bytes> cohortKeys() {
    return Arrays.stream(Optional.ofNullable(said.get("keys")).orElseThrow().split(","))
        .map(Bytes::ofHex)
        .toList();
  }

  /** The password, what Argon2id makes of it, and what each of both is for. */
  private void keystoreSecrets() {
    byte[] password = KeystoreScene.PASSWORD.getBytes(StandardCharsets.UTF_8);
    secrets.add(new KnownSecret("password", Bytes.of(password)));
    var header = KeystoreFile.at(folder.resolve("keys")).read(FileKind.KEYSTORE).header();
    KdfSettings kdf = header.kdf();
    byte[] keys = new byte[64];
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kdf.memoryKib())
            .withIterations(kdf.iterations())
            .withParallelism(kdf.parallelism())
            .withSalt(header.salt().toArray())
            .build());
    assertEquals(64, argon2.generateBytes(password, keys));
    secrets.add(new KnownSecret("cipher key", Bytes.of(keys).slice(0, 32)));
    secrets.add(new KnownSecret("check key", Bytes.of(keys).slice(32, 64)));
  }

  private void keySecrets() throws SQLException {
    // Each member's journal holds the channel key in the clear, and nothing else of the leader's.
    String journaled =
        String.join(
            " ", rows("alice", "SELECT seq, CAST(payload AS TEXT) FROM journal_records").values());
    secrets.addAll(RoundSecrets.ofKey("identity key", LEADER));
    MEMBERS.forEach((name, key) -> {
      secrets.addAll(RoundSecrets.ofKey("DID key of " + name, key));
      for (String purpose : List.of("statement", "cohort", "inbox")) {
        secrets.addAll(
            RoundSecrets.ofKey(purpose + " key of " + name, membershipKey(name, purpose)));
      }
      assertTrue(cohortKeys().contains(RoundSecrets.publicKey(membershipKey(name, "cohort"))));
    });
    for (String name : List.of("leader", "alice", "bob", "keystore")) {
      for (int i = 0; i < DRAWS; i++) {
        // Keys of outer events, randomness of nonces and signatures, and one channel key.
        Bytes draw = Bytes.of(Draws.draw(name, i));
        String what = journaled.contains(draw.hex()) ? "channel key, draw " : "draw ";
        secrets.add(new KnownSecret(what + i + " of " + name, draw));
      }
    }
  }

  private Bytes membershipKey(String name, String purpose) {
    return RoundSecrets.derived(
        Optional.ofNullable(MEMBERS.get(name)).orElseThrow(),
        "beacon-cohort/" + purpose + "-key",
        hex("membership " + name));
  }

  private void nonceSecrets() throws SQLException, IOException {
    for (String name : MEMBERS.keySet()) {
      Bytes key = membershipKey(name, "cohort");
      int nonces = 0;
      for (Map.Entry<String, String> slot :
          rows(name, "SELECT subject, value FROM journal_ledger WHERE kind = 'NONCE_SLOT'")
              .entrySet()) {
        String[] parts = slot.getKey().split("/", -1);
        Bytes extra =
            RoundSecrets.extraInput(
                Bytes.ofHex(parts[0]), Integer.parseInt(parts[3]), cohortKeys(), hex("aggregate"));
        List<KnownSecret> found = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
          RoundSecrets.ofNonce(
                  "nonce " + parts[3] + " of " + name,
                  key,
                  Draws.draw(name, i),
                  hex("aggregate").slice(1, 33),
                  extra,
                  Bytes.ofHex(slot.getValue()))
              .ifPresent(found::addAll);
        }
        assertEquals(3, found.size(), () -> "nonce must be computed again: " + slot);
        secrets.addAll(found);
        nonces++;
      }
      assertTrue(nonces >= 2, "one was signed with, the next was open at the end");
    }
  }

  private Map<String, String> rows(String name, String query) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name + ".journal"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }
}
