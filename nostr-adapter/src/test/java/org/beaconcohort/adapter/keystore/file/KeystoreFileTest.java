package org.beaconcohort.adapter.keystore.file;

import static org.beaconcohort.adapter.keystore.KeystoreScene.PASSWORD;
import static org.beaconcohort.adapter.keystore.KeystoreScene.refused;
import static org.beaconcohort.adapter.keystore.KeystoreScene.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.KeystoreScene;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.format.HexKey;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.hash.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a keystore: what is changed, cut, newer, absurd, open to others or half written. */
final class KeystoreFileTest {
  /** The example of docs/keystore.md. */
  private static final String EXAMPLE =
      "{\"format\":\"beacon-cohort/keystore\",\"version\":1,\"written\":\"2026-11-2"
          + "9T08:00:00Z\",\"kdf\":{\"name\":\"argon2id\",\"version\":19,\"memoryKib\":10"
          + "24,\"iterations\":2,\"parallelism\":1,\"salt\":\"ac3809bbb87f56e84fd730eb0d9"
          + "48bcf\",\"check\":\"cf4697700c6390c02b17c2115e12bf9a\"},\"cipher\":{\"name\""
          + ":\"aes-256-gcm\",\"nonce\":\"6ca8d1489c381114572b947f\"},\"entries\":[{\"nam"
          + "e\":\"alice\",\"purpose\":\"did\",\"publicKey\":\"0279be667ef9dcbbac55a06295"
          + "ce870b07029bfcdb2dce28d959f2815b16f81798\",\"created\":\"2026-11-29T08:00:00"
          + "Z\",\"origin\":\"hex\"}]}"
          + "\n"
          + "99f6e800c5ad0876d0a68a2ecd1db618c442fe6763fdb59b9cbf4a087939f153055694c53a54"
          + "4509b2fc0c94a48142f4"
          + "\n"
          + "eceee54160b0111ffb519e045508183aed002b480111fbf79d7d5170df5bf5a2"
          + "\n";

  @TempDir private Path folder = Path.of("");
  private final KeystoreScene scene = new KeystoreScene();
  private String written = "";

  private Path path() {
    return folder.resolve("keys");
  }

  @BeforeEach
  void aKeystoreWithTwoKeys() throws IOException {
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "alice", KeyPurpose.DID);
      scene.add(keystore, "leader", KeyPurpose.IDENTITY);
    }
    written = Files.readString(path());
  }

  /** The same lines with a checksum of theirs: what somebody writes who knows the form. */
  static byte[] resealed(String header, String sealed) {
    String lines = header + "\n" + sealed + "\n";
    byte[] hash = Sha256.plain().add(lines.getBytes(StandardCharsets.ISO_8859_1)).finish();
    return (lines + Bytes.of(hash).hex() + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private String header() {
    return written.lines().toList().get(0);
  }

  private String sealed() {
    return written.lines().toList().get(1);
  }

  private static List<KeyNumber> opened(byte[] file) {
    KeystoreText text = KeystoreText.decode(file);
    try (KeystoreCipher cipher = KeystoreCipher.of(text.header(), text(PASSWORD))) {
      return cipher.open(text);
    }
  }

  @Test
  void theFileIsThreeLinesOfAscii() {
    assertEquals(3, written.lines().count());
    assertTrue(written.endsWith("\n"));
    assertTrue(written.chars().allMatch(unit -> unit == '\n' || (unit >= ' ' && unit < 0x7f)));
    assertTrue(header().startsWith("{\"format\":\"beacon-cohort/keystore\",\"version\":1,"));
    assertEquals(2 * (2 * 32 + 16), sealed().length());
    assertArrayEquals(
        written.getBytes(StandardCharsets.US_ASCII),
        KeystoreText.decode(written.getBytes(StandardCharsets.US_ASCII)).encode());
    assertEquals(2, opened(resealed(header(), sealed())).size());
  }

  @Test
  void theExampleOfTheDocumentationOpens() {
    byte[] file = EXAMPLE.getBytes(StandardCharsets.US_ASCII);
    List<KeyNumber> keys = opened(file);
    assertEquals(1, keys.size());
    assertEquals("0".repeat(63) + "1", new String(HexKey.encode(keys.getFirst()).copy()));
    assertArrayEquals(file, KeystoreText.decode(file).encode());
  }

  @Test
  void everyByteOfTheHeaderIsAuthenticatedOrRefused() {
    Set<KeystoreFault> faults = EnumSet.noneOf(KeystoreFault.class);
    for (int i = 0; i < header().length(); i++) {
      char was = header().charAt(i);
      for (char now :
          new char[] {(char) (was ^ 1), (char) (was ^ 2), was == '0' ? '1' : '0', ' '}) {
        if (now == was) {
          continue;
        }
        String changed = header().substring(0, i) + now + header().substring(i + 1);
        KeystoreException refusal =
            assertThrows(
                KeystoreException.class,
                () -> opened(resealed(changed, sealed())),
                "byte " + i + " as " + now);
        faults.add(refusal.fault());
      }
    }
    // Names, times and nonce only the cipher can tell; salt and costs look like another password.
    assertEquals(
        EnumSet.of(
            KeystoreFault.NOT_A_KEYSTORE,
            KeystoreFault.UNKNOWN_VERSION,
            KeystoreFault.DAMAGED,
            KeystoreFault.ABSURD_PARAMETERS,
            KeystoreFault.BAD_NAME,
            KeystoreFault.WRONG_PASSWORD,
            KeystoreFault.TAMPERED),
        faults);
  }

  @Test
  void everyByteOfTheSealedKeysIsAuthenticated() {
    for (int i = 0; i < sealed().length(); i++) {
      char was = sealed().charAt(i);
      String changed =
          sealed().substring(0, i) + (was == '0' ? '1' : '0') + sealed().substring(i + 1);
      if (!changed.equals(sealed())) {
        refused(KeystoreFault.TAMPERED, () -> opened(resealed(header(), changed)));
      }
    }
  }

  @Test
  void entriesThatChangePlacesNamesOrPurposesAreRefused() {
    String swapped =
        header().replace("alice", "tmp").replace("leader", "alice").replace("tmp", "leader");
    refused(KeystoreFault.TAMPERED, () -> opened(resealed(swapped, sealed())));
    String purposes = header().replace("\"did\"", "\"identity\"");
    refused(KeystoreFault.TAMPERED, () -> opened(resealed(purposes, sealed())));
    String backup = header().replace("/keystore\"", "/keystore-backup\"");
    refused(KeystoreFault.TAMPERED, () -> opened(resealed(backup, sealed())));
  }

  @Test
  void anAccidentAnywhereIsFoundWithoutAPassword() {
    byte[] file = written.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= 4;
      assertThrows(KeystoreException.class, () -> KeystoreText.decode(changed), "byte " + i);
    }
  }

  @Test
  void aFileCutAnywhereIsTruncated() {
    byte[] file = written.getBytes(StandardCharsets.US_ASCII);
    for (int size = 0; size < file.length; size++) {
      byte[] cut = Arrays.copyOf(file, size);
      refused(KeystoreFault.TRUNCATED, () -> KeystoreText.decode(cut));
    }
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    longer[file.length] = '\n';
    refused(KeystoreFault.DAMAGED, () -> KeystoreText.decode(longer));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 2_000_000_000})
  void anotherVersionIsNamedWhateverElseItHolds(int version) {
    String newer = header().replace("\"version\":1,", "\"version\":" + version + ",\"new\":{},");
    KeystoreException refusal =
        refused(
            KeystoreFault.UNKNOWN_VERSION,
            () -> KeystoreText.decode(resealed(newer, "something else")));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("got " + version), refusal::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "memoryKib, 8, 7",
    "memoryKib, 8, 0",
    "memoryKib, 8, -8",
    "memoryKib, 8, 1048577",
    "memoryKib, 8, 2147483647",
    "iterations, 1, 0",
    "iterations, 1, 65",
    "parallelism, 1, 0",
    "parallelism, 1, 17",
    "parallelism, 1, 2"
  })
  void costsOutOfBoundsAreRefusedBeforeAnythingIsComputed(String field, int was, long now) {
    String absurd = header().replace("\"" + field + "\":" + was, "\"" + field + "\":" + now);
    assertFalse(absurd.equals(header()));
    refused(KeystoreFault.ABSURD_PARAMETERS, () -> KeystoreText.decode(resealed(absurd, sealed())));
  }

  @Test
  void muchMemoryAndManyPassesTogetherAreRefused() {
    refused(
        KeystoreFault.ABSURD_PARAMETERS, () -> new KdfSettings(KdfSettings.MAX_MEMORY_KIB, 5, 4));
    assertEquals(4, new KdfSettings(KdfSettings.MAX_MEMORY_KIB, 4, 4).iterations());
    String absurd =
        header()
            .replace("\"memoryKib\":8", "\"memoryKib\":1048576")
            .replace("\"iterations\":1", "\"iterations\":64");
    refused(KeystoreFault.ABSURD_PARAMETERS, () -> KeystoreText.decode(resealed(absurd, sealed())));
  }

  @Test
  void memoryThatThisProcessCannotHaveIsRefusedBeforeItIsTaken() {
    int have = (int) Math.min(Runtime.getRuntime().maxMemory() >> 10, Integer.MAX_VALUE);
    if (have < KdfSettings.MAX_MEMORY_KIB) {
      KdfSettings most = new KdfSettings(KdfSettings.MAX_MEMORY_KIB, 1, 1);
      refused(KeystoreFault.ABSURD_PARAMETERS, most::requireAffordable);
    } else {
      new KdfSettings(KdfSettings.MAX_MEMORY_KIB / 8, 1, 1).requireAffordable();
    }
  }

  @Test
  void moreKeysThanAFileHoldsAreRefused() {
    int from = header().indexOf("[{\"name\"") + 1;
    String entry = header().substring(from, header().indexOf("},{") + 1);
    StringBuilder many = new StringBuilder(entry.replace("alice", "k0"));
    for (int i = 1; i <= KeystoreHeader.MAX_ENTRIES; i++) {
      many.append(',').append(entry.replace("alice", "k" + i));
    }
    String absurd = header().substring(0, from) + many + "]}";
    refused(KeystoreFault.ABSURD_PARAMETERS, () -> KeystoreText.decode(resealed(absurd, sealed())));
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(
        String.valueOf(refused(KeystoreFault.NOT_PRIVATE, () -> Keystore.list(path())).getMessage())
            .contains("rw-r-----"));
    refused(KeystoreFault.NOT_PRIVATE, () -> scene.open(path()));
  }

  @Test
  void whatIsNotThereOrNoKeystoreIsNamedSo() throws IOException {
    refused(KeystoreFault.NOT_THERE, () -> scene.open(folder.resolve("none")));
    Path other = folder.resolve("other");
    Files.writeString(other, "0".repeat(100));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
    refused(KeystoreFault.NOT_A_KEYSTORE, () -> Keystore.list(other));
    refused(KeystoreFault.EXISTS, () -> scene.create(other));
    refused(KeystoreFault.IO_ERROR, () -> scene.create(folder.resolve("no/such/folder")));
    assertEquals("0".repeat(100), Files.readString(other));
  }

  @Test
  void anotherWriterWaitsUntilTheLockIsFree() {
    KeystoreFile file = KeystoreFile.at(path());
    try (Keystore keystore = scene.open(path())) {
      try (KeystoreFile.Writer writer = file.lock()) {
        refused(KeystoreFault.LOCKED, file::lock);
        refused(KeystoreFault.EXISTS, () -> writer.create(file.read(FileKind.KEYSTORE)));
        refused(KeystoreFault.LOCKED, () -> scene.add(keystore, "bob", KeyPurpose.DID));
        refused(
            KeystoreFault.LOCKED,
            () -> keystore.backup(path(), text(PASSWORD), KeystoreScene.CHEAP, all -> true));
      }
      scene.add(keystore, "bob", KeyPurpose.DID);
    }
    assertEquals(3, Keystore.list(path()).size());
  }

  @Test
  void aCrashWhileItIsWrittenLeavesTheOldFileAndTheNextWriteClearsUp() throws IOException {
    Path part = folder.resolve(".keys.part");
    Files.writeString(part, written.substring(0, 200));
    try (Keystore keystore = scene.open(path())) {
      assertEquals(2, keystore.entries().size());
      scene.add(keystore, "bob", KeyPurpose.DID);
    }
    assertFalse(Files.exists(part));
    assertEquals(3, Keystore.list(path()).size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
  }

  @Test
  void aWriteThatFailsLeavesTheFileAsItWas() throws IOException {
    Path part = folder.resolve(".keys.part");
    // A folder that is not empty stands in the way of the new file.
    Files.createDirectories(part.resolve("inside"));
    try (Keystore keystore = scene.open(path())) {
      refused(KeystoreFault.IO_ERROR, () -> scene.add(keystore, "bob", KeyPurpose.DID));
      assertEquals(2, keystore.entries().size());
      assertEquals(2, Keystore.list(path()).size());
      assertEquals(keystore.entry("alice").publicKey(), keystore.number("alice").publicKey());
    }
    assertEquals(written, Files.readString(path()));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, path());
    try (Keystore keystore = scene.open(link)) {
      scene.add(keystore, "bob", KeyPurpose.DID);
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(3, Keystore.list(path()).size());
  }

  @Test
  void whatIsSealedTogetherOpensTogetherWithAnyNumberOfKeys() {
    SeededRandom random = new SeededRandom(11);
    try (KeystoreCipher cipher =
        KeystoreCipher.fresh(text(PASSWORD), KeystoreScene.CHEAP, random)) {
      for (int size : new int[] {0, 1, 7}) {
        List<KeyNumber> numbers = random.ints(size).mapToObj(any -> scene.number()).toList();
        List<KeyEntry> entries =
            numbers.stream()
                .map(number ->
                    new KeyEntry(
                        "k" + numbers.indexOf(number),
                        KeyPurpose.DID,
                        number.publicKey(),
                        Instant.EPOCH,
                        "created",
                        java.util.Optional.empty()))
                .toList();
        KeystoreText text = cipher.seal(FileKind.BACKUP, Instant.EPOCH, entries, numbers, random);
        assertEquals(
            entries.stream().map(KeyEntry::publicKey).toList(),
            cipher.open(KeystoreText.decode(text.encode())).stream()
                .map(KeyNumber::publicKey)
                .toList());
      }
    }
  }
}
