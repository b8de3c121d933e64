package org.beaconcohort.adapter.journal.sealed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSealedNoncesTest {
  private static final SealedNonces.Id ONE = new SealedNonces.Id(Bytes.of(new byte[32]), 1);
  private static final SealedNonces.Id TWO = new SealedNonces.Id(Bytes.of(new byte[32]), 2);
  private static final Bytes RECORD = Bytes.ofHex("010203");

  @TempDir private Path directory = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void folder() {
    folder = directory.resolve("alice.key.nonces").resolve("membership");
  }

  @Test
  void whatWasPutOutlivesItsProcessAndIsTakenOnce() {
    try (FileSealedNonces first = FileSealedNonces.in(folder)) {
      first.put(ONE, RECORD);
      first.put(TWO, RECORD);
    }
    try (FileSealedNonces second = FileSealedNonces.in(folder)) {
      assertEquals(Set.of(ONE, TWO), second.held());
      assertEquals(Optional.of(RECORD), second.take(ONE));
      assertEquals(Optional.empty(), second.take(ONE));
    }
    try (FileSealedNonces third = FileSealedNonces.in(folder)) {
      assertEquals(Set.of(TWO), third.held());
    }
  }

  @Test
  void ofTwoProcessesOneHasThem() {
    try (FileSealedNonces first = FileSealedNonces.in(folder)) {
      SealedNoncesFailure refused =
          assertThrows(SealedNoncesFailure.class, () -> FileSealedNonces.in(folder));
      assertTrue(String.valueOf(refused.getMessage()).contains("wait until that one ends"));
      first.put(ONE, RECORD);
    }
  }

  @Test
  void anIdIsSealedOnce() {
    try (FileSealedNonces nonces = FileSealedNonces.in(folder)) {
      nonces.put(ONE, RECORD);
      assertThrows(IllegalStateException.class, () -> nonces.put(ONE, Bytes.ofHex("04")));
      assertEquals(Optional.of(RECORD), nonces.take(ONE));
    }
  }

  @Test
  void whatAProcessDidNotFinishWritingIsNone() throws IOException {
    try (FileSealedNonces nonces = FileSealedNonces.in(folder)) {
      String name = ONE.roundId().hex() + "-1.sealed.part";
      Files.write(folder.resolve(name), new byte[] {1});
      Files.write(folder.resolve("notes.txt"), new byte[] {1});
      assertEquals(Set.of(), nonces.held());
      nonces.put(ONE, RECORD);
      assertEquals(Optional.of(RECORD), nonces.take(ONE));
    }
  }

  @Test
  void onlyTheOwnerReadsThem() throws IOException {
    try (FileSealedNonces nonces = FileSealedNonces.in(folder)) {
      nonces.put(ONE, RECORD);
      Path file = folder.resolve(ONE.roundId().hex() + "-1.sealed");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }
  }

  @Test
  void aFolderThatIsGoneKeepsAndGivesNothing() throws IOException {
    try (FileSealedNonces nonces = FileSealedNonces.in(folder)) {
      nonces.put(ONE, RECORD);
      Files.delete(folder.resolve(ONE.roundId().hex() + "-1.sealed"));
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);

      assertThrows(SealedNoncesFailure.class, () -> nonces.put(TWO, RECORD));
      assertEquals(Optional.empty(), nonces.take(ONE));
      assertThrows(SealedNoncesFailure.class, nonces::held);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws IOException {
    Files.createFile(directory.resolve("alice.key.nonces"));

    SealedNoncesFailure refused =
        assertThrows(SealedNoncesFailure.class, () -> FileSealedNonces.in(folder));

    assertTrue(String.valueOf(refused.getMessage()).contains("nothing was signed"));
  }
}
