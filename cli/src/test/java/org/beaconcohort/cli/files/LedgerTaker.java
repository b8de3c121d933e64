package org.beaconcohort.cli.files;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;

/** A process that tries to take the ledger of a key file, and says how it went. */
final class LedgerTaker {
  private LedgerTaker() {}

  /** What another process says: the code of its refusal, or TAKEN. */
  static String elsewhere(Path keyFile) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LedgerTaker.class.getName(),
                    keyFile.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return String.valueOf(out.readLine());
    } finally {
      process.waitFor();
    }
  }

  /** The other process. */
  public static void main(String[] arguments) {
    String answer = "TAKEN";
    try {
      LedgerLock.of(Path.of(arguments[0])).close();
    } catch (CommandFailure refused) {
      answer = refused.code();
    }
    System.out.println(answer);
  }
}
