package org.beaconcohort.adapter.keystore;

import static org.beaconcohort.adapter.keystore.KeystoreScene.PASSWORD;
import static org.beaconcohort.adapter.keystore.KeystoreScene.refused;
import static org.beaconcohort.adapter.keystore.KeystoreScene.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.format.HexKey;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A keystore through its life: keys come, are used, move under another password, and come back. */
final class KeystoreTest {
  private static final String ONE = "0".repeat(63) + "1";
  // n - 1: the negation of 1, with the same x-only public key.
  private static final String MINUS_ONE =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";

  @TempDir private Path folder = Path.of("");
  private final KeystoreScene scene = new KeystoreScene();

  private Path path() {
    return folder.resolve("keys");
  }

  @Test
  void whatWasAddedIsThereWhenItIsOpenedAgain() {
    KeyEntry alice;
    KeyEntry leader;
    try (Keystore keystore = scene.create(path())) {
      assertEquals(List.of(), keystore.entries());
      alice = scene.add(keystore, "alice", KeyPurpose.DID);
      leader = scene.add(keystore, "leader.2", KeyPurpose.IDENTITY);
    }
    try (Keystore keystore = scene.open(path())) {
      assertEquals(List.of(alice, leader), keystore.entries());
      SecretKey key = keystore.key("alice", KeyPurpose.DID, KeyReuse.REFUSED);
      assertEquals(alice.publicKey(), key.publicKey());
      try (KeyNumber number = keystore.number("leader.2")) {
        assertEquals(leader.publicKey(), number.key().publicKey());
      }
    }
  }

  @Test
  void aKeyThatWasGivenComesBackTheSame() {
    try (Keystore keystore = scene.create(path());
        KeyNumber one = HexKey.decode(text(ONE))) {
      KeyEntry unused = keystore.add("one", KeyPurpose.DID, one, "hex", KeyReuse.REFUSED);
    }
    try (Keystore keystore = scene.open(path());
        KeyNumber again = keystore.number("one")) {
      assertEquals(ONE, new String(HexKey.encode(again).copy()));
      assertEquals("hex", keystore.entry("one").origin());
    }
  }

  @Test
  void listingAsksForNoPasswordAndTellsNoSecret() {
    try (Keystore keystore = scene.create(path())) {
      KeyEntry alice = scene.add(keystore, "alice", KeyPurpose.DID);
      assertEquals(List.of(alice), Keystore.list(path()));
      assertEquals("2026-11-29T08:00:00Z", alice.created().toString());
    }
  }

  @Test
  void theFileHoldsNoKeyInAnyForm() throws IOException {
    try (Keystore keystore = scene.create(path());
        KeyNumber one = HexKey.decode(text("5e".repeat(32)))) {
      KeyEntry unused = keystore.add("one", KeyPurpose.DID, one, "hex", KeyReuse.REFUSED);
      String file = Files.readString(path());
      assertFalse(file.contains("5e5e5e"), file);
      assertFalse(file.contains("horse"), file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "correct horse batterz", "Correct horse battery", "correct horse"})
  void anotherPasswordOpensNothing(String word) {
    scene.create(path()).close();
    refused(KeystoreFault.WRONG_PASSWORD, () -> scene.open(path(), word));
  }

  @Test
  void aPasswordIsTheSameInEveryNormalFormOfUnicode() {
    try (SecretText composed = text("pässwörter")) {
      Keystore keystore =
          Keystore.create(
              path(),
              composed,
              KeystoreScene.CHEAP,
              new java.security.SecureRandom(),
              java.time.InstantSource.system());
      keystore.close();
    }
    scene.open(path(), "pa\u0308sswo\u0308rter").close();
  }

  @Test
  void aShortPasswordIsRefusedWhereverOneIsSet() {
    assertEquals(
        "the password is too short (it has fewer than 8 characters)",
        refused(
                KeystoreFault.WEAK_PASSWORD,
                () ->
                    Keystore.create(
                        path(),
                        text("1234567"),
                        KeystoreScene.CHEAP,
                        new java.security.SecureRandom(),
                        java.time.InstantSource.system()))
            .getMessage());
    assertFalse(Files.exists(path()));
    try (Keystore keystore = scene.create(path())) {
      refused(
          KeystoreFault.WEAK_PASSWORD,
          () -> keystore.changePassword(text("1234567"), KeystoreScene.CHEAP));
      refused(
          KeystoreFault.WEAK_PASSWORD,
          () ->
              keystore.backup(
                  folder.resolve("b"), text("1234567"), KeystoreScene.CHEAP, all -> true));
    }
  }

  @Test
  void aNewPasswordClosesTheKeystoreToTheOldOneAndNoSaltOrNonceComesTwice() throws IOException {
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "alice", KeyPurpose.DID);
      String before = Files.readString(path());
      keystore.changePassword(text("another long word"), KeystoreScene.CHEAP);
      String after = Files.readString(path());
      for (String field : List.of("salt", "check", "nonce")) {
        assertNotEquals(value(before, field), value(after, field), field);
      }
      scene.add(keystore, "bob", KeyPurpose.IDENTITY);
      assertEquals(value(after, "salt"), value(Files.readString(path()), "salt"));
      assertNotEquals(value(after, "nonce"), value(Files.readString(path()), "nonce"));
    }
    refused(KeystoreFault.WRONG_PASSWORD, () -> scene.open(path()));
    try (Keystore keystore = scene.open(path(), "another long word")) {
      assertEquals(2, keystore.entries().size());
    }
  }

  private static String value(String file, String field) {
    int at = file.indexOf("\"" + field + "\":\"");
    assertTrue(at > 0, field);
    return file.substring(at, file.indexOf('"', at + field.length() + 4));
  }

  @Test
  void aKeyServesItsPurposeAndNoOtherUnlessTheRiskIsAccepted() {
    try (Keystore keystore = scene.create(path())) {
      KeyEntry alice = scene.add(keystore, "alice", KeyPurpose.DID);
      refused(
          KeystoreFault.OTHER_PURPOSE,
          () -> keystore.key("alice", KeyPurpose.IDENTITY, KeyReuse.REFUSED));
      assertEquals(
          alice.publicKey(),
          keystore.key("alice", KeyPurpose.IDENTITY, KeyReuse.LINKED_KEYS_ACCEPTED).publicKey());
    }
  }

  @Test
  void aKeyOrItsNegationIsRefusedUnderASecondNameUnlessTheRiskIsAccepted() {
    try (Keystore keystore = scene.create(path());
        KeyNumber one = HexKey.decode(text(ONE));
        KeyNumber negation = HexKey.decode(text(MINUS_ONE))) {
      KeyEntry first = keystore.add("one", KeyPurpose.DID, one, "hex", KeyReuse.REFUSED);
      for (KeyNumber same : List.of(one, negation)) {
        refused(
            KeystoreFault.KEY_REUSED,
            () -> keystore.add("two", KeyPurpose.IDENTITY, same, "hex", KeyReuse.REFUSED));
      }
      KeyEntry second =
          keystore.add("two", KeyPurpose.IDENTITY, negation, "hex", KeyReuse.LINKED_KEYS_ACCEPTED);
      assertEquals(first.xOnlyPublicKey(), second.xOnlyPublicKey());
    }
  }

  @Test
  void aNameIsTakenOnceAndUnknownOnesAreNamed() {
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "alice", KeyPurpose.DID);
      refused(KeystoreFault.NAME_TAKEN, () -> scene.add(keystore, "alice", KeyPurpose.DID));
      refused(KeystoreFault.NO_SUCH_KEY, () -> keystore.entry("bob"));
      refused(KeystoreFault.NO_SUCH_KEY, () -> keystore.number("bob"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".alice", "../alice", "Alice", "al ice", "a/b", "ä", "-a"})
  void whatCouldBeAPathIsNoName(String name) {
    try (Keystore keystore = scene.create(path())) {
      refused(KeystoreFault.BAD_NAME, () -> scene.add(keystore, name, KeyPurpose.DID));
      refused(KeystoreFault.BAD_NAME, () -> keystore.entry(name));
    }
  }

  @Test
  void aClosedKeystoreGivesNoKey() {
    Keystore keystore = scene.create(path());
    scene.add(keystore, "alice", KeyPurpose.DID);
    KeyNumber copy = keystore.number("alice");
    keystore.close();
    assertThrows(RuntimeException.class, () -> keystore.number("alice"));
    assertEquals(32, copy.copy().length);
    copy.close();
    assertThrows(IllegalStateException.class, copy::copy);
  }

  @Test
  void aBackupBringsTheKeysBackMarkedByARestore() {
    Path backup = folder.resolve("backup");
    KeyEntry alice;
    try (Keystore keystore = scene.create(path())) {
      alice = scene.add(keystore, "alice", KeyPurpose.DID);
      keystore.backup(backup, text("backup password"), KeystoreScene.CHEAP, all -> true);
      assertEquals(List.of(alice), Keystore.listBackup(backup));
      assertEquals(Optional.empty(), keystore.entry("alice").restored());
    }
    Path elsewhere = folder.resolve("elsewhere");
    Bytes first;
    try (Keystore keystore = scene.create(elsewhere)) {
      refused(
          KeystoreFault.WRONG_PASSWORD,
          () -> keystore.restore(backup, text(PASSWORD), all -> true));
      assertEquals(List.of(), keystore.entries());
      List<KeyEntry> restored = keystore.restore(backup, text("backup password"), all -> true);
      first = restored.getFirst().restored().orElseThrow().id();
      assertEquals(alice.publicKey(), restored.getFirst().publicKey());
    }
    try (Keystore keystore = scene.open(elsewhere)) {
      assertEquals(first, keystore.entry("alice").restored().orElseThrow().id());
      try (KeyNumber number = keystore.number("alice")) {
        assertEquals(alice.publicKey(), number.publicKey());
      }
      Bytes second =
          keystore
              .restore(backup, text("backup password"), all -> true)
              .getFirst()
              .restored()
              .orElseThrow()
              .id();
      assertNotEquals(first, second);
      assertEquals(1, keystore.entries().size());
    }
  }

  @Test
  void aBackupWithAnotherKeyUnderANameThatIsTakenRestoresNothing() {
    Path backup = folder.resolve("backup");
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "new", KeyPurpose.DID);
      scene.add(keystore, "alice", KeyPurpose.DID);
      keystore.backup(backup, text(PASSWORD), KeystoreScene.CHEAP, all -> true);
    }
    Path elsewhere = folder.resolve("elsewhere");
    try (Keystore keystore = scene.create(elsewhere)) {
      KeyEntry other = scene.add(keystore, "alice", KeyPurpose.DID);
      refused(
          KeystoreFault.NAME_TAKEN, () -> keystore.restore(backup, text(PASSWORD), all -> true));
      assertEquals(List.of(other), keystore.entries());
      assertEquals(List.of(other), Keystore.list(elsewhere));
      assertEquals(other.publicKey(), keystore.number("alice").publicKey());
    }
  }

  @Test
  void backupsAndKeystoresDoNotStandInForEachOther() {
    Path backup = folder.resolve("backup");
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "alice", KeyPurpose.DID);
      keystore.backup(backup, text(PASSWORD), KeystoreScene.CHEAP, all -> true);
      refused(
          KeystoreFault.EXISTS,
          () -> keystore.backup(backup, text(PASSWORD), KeystoreScene.CHEAP, all -> true));
      refused(
          KeystoreFault.EXISTS,
          () -> keystore.backup(path(), text(PASSWORD), KeystoreScene.CHEAP, all -> true));
      refused(KeystoreFault.WRONG_KIND, () -> scene.open(backup));
      refused(
          KeystoreFault.WRONG_KIND, () -> keystore.restore(path(), text(PASSWORD), all -> true));
    }
  }

  @Test
  void theSecondOfTwoWritersAtOnceIsRefusedAndChangesNothing() {
    try (Keystore first = scene.create(path());
        Keystore second = scene.open(path())) {
      KeyEntry alice = scene.add(first, "alice", KeyPurpose.DID);
      refused(KeystoreFault.CHANGED, () -> scene.add(second, "bob", KeyPurpose.DID));
      refused(
          KeystoreFault.CHANGED,
          () -> second.changePassword(text("another long word"), KeystoreScene.CHEAP));
      assertEquals(List.of(alice), Keystore.list(path()));
      KeyEntry carol = scene.add(first, "carol", KeyPurpose.DID);
      assertEquals(List.of(alice, carol), Keystore.list(path()));
      assertEquals(List.of(), second.entries());
    }
    scene.open(path()).close();
  }

  @Test
  void oneKeyOfManyIsBackedUpOrRestoredByItsName() {
    Path both = folder.resolve("both");
    Path one = folder.resolve("one");
    try (Keystore keystore = scene.create(path())) {
      KeyEntry alice = scene.add(keystore, "alice", KeyPurpose.DID);
      KeyEntry leader = scene.add(keystore, "leader", KeyPurpose.IDENTITY);
      keystore.backup(both, text(PASSWORD), KeystoreScene.CHEAP, all -> true);
      assertEquals(
          List.of(leader),
          keystore.backup(one, text(PASSWORD), KeystoreScene.CHEAP, "leader"::equals));
      assertEquals(List.of(leader), Keystore.checkBackup(one, text(PASSWORD)));
      assertEquals(List.of(alice, leader), Keystore.checkBackup(both, text(PASSWORD)));
      refused(
          KeystoreFault.NO_SUCH_KEY,
          () ->
              keystore.backup(
                  folder.resolve("none"), text(PASSWORD), KeystoreScene.CHEAP, "bob"::equals));
      refused(
          KeystoreFault.WRONG_PASSWORD, () -> Keystore.checkBackup(one, text("something else")));
    }
    try (Keystore keystore = scene.create(folder.resolve("back"))) {
      List<KeyEntry> restored = keystore.restore(both, text(PASSWORD), "leader"::equals);
      assertEquals(restored, keystore.entries());
      assertEquals("leader", restored.getFirst().name());
      assertEquals(restored.getFirst().publicKey(), keystore.number("leader").publicKey());
      refused(
          KeystoreFault.NO_SUCH_KEY, () -> keystore.restore(both, text(PASSWORD), "bob"::equals));
    }
  }

  @Test
  void whatBelongsToAKeyLiesBesideItsKeystore() throws IOException {
    scene.create(path()).close();
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, path());
    Path beside = path().toRealPath().resolveSibling("keys.alice");
    assertEquals(beside, Keystore.beside(path(), "alice"));
    assertEquals(beside, Keystore.beside(link, "alice"));
    refused(KeystoreFault.BAD_NAME, () -> Keystore.beside(path(), "../alice"));
  }
}
