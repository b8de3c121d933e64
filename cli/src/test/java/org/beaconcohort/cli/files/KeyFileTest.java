package org.beaconcohort.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {
  private static final String ONE =
      "0000000000000000000000000000000000000000000000000000000000000001";
  // The order of the group: one more than the greatest key.
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

  @TempDir private Path directory = Path.of("");

  @Test
  void aMadeKeyReadsAsTheSameKey() {
    Path file = directory.resolve("key");
    assertEquals(
        KeyFile.create(file, new SecureRandom()).publicKey(), KeyFile.read(file).publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, ONE + "\n"})
  void digitsWithOrWithoutALineFeedAreAKey(String text) throws IOException {
    assertEquals(
        "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        KeyFile.read(file(text, "rw-------")).publicKey().hex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ONE + "\n\n",
        ONE + "\r\n",
        " " + ONE,
        ONE + "00",
        "0x" + ONE,
        "g000000000000000000000000000000000000000000000000000000000000001",
        "0000000000000000000000000000000000000000000000000000000000000000",
        ORDER
      })
  void anythingElseIsRefusedWithoutQuotingIt(String text) throws IOException {
    Path file = file(text, "rw-------");
    CommandFailure failure = assertThrows(CommandFailure.class, () -> KeyFile.read(file));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    String said = String.valueOf(failure.getMessage());
    assertFalse(text.length() > 8 && said.contains(text.strip().substring(0, 8)), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void aKeyThatOthersMayReadIsRefused(String permissions) throws IOException {
    Path file = file(ONE, permissions);
    CommandFailure failure = assertThrows(CommandFailure.class, () -> KeyFile.read(file));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    assertTrue(failure.next().startsWith("chmod 600"), failure.next());
  }

  @Test
  void aMissingKeyIsBadInput() {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> KeyFile.read(directory.resolve("none")));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = directory.resolve("key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }
}
