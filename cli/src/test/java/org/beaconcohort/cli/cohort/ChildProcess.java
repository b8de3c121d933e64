package org.beaconcohort.cli.cohort;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;

/** {@code beacon-cohort} in a JVM of its own, which can be killed as by a power failure. */
final class ChildProcess implements AutoCloseable {
  private static final JsonLimits LINE = new JsonLimits(1024 * 1024, 16);

  private final Process process;
  private final List<String> lines = new ArrayList<>();

  ChildProcess(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.beaconcohort.cli.Main"));
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what it prints until {@code stop} takes a line, then kills it (SIGKILL) in the middle of
   * whatever it does; true if it was killed, false if it ended before, or was killed by {@link
   * #kill}.
   */
  boolean killAt(Predicate<ObjectNode> stop) throws InterruptedException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.startsWith("{") && stop.test(StrictJson.parseObject(line, LINE, "line"))) {
          kill();
          process.waitFor();
          return true;
        }
      }
    } catch (IOException killed) {
      // The pipe of a process that another thread killed may break in the middle of a line.
      process.waitFor();
      return false;
    }
    process.waitFor();
    return false;
  }

  /** Kills it (SIGKILL) from another thread than the one that reads. */
  void kill() {
    process.destroyForcibly();
  }

  int status() {
    return process.exitValue();
  }

  /** Everything it printed. */
  String all() {
    return String.join("\n", lines);
  }

  /** The field of the last line it printed. */
  String last(String field) {
    String line =
        lines.stream().filter(each -> each.startsWith("{")).reduce((a, b) -> b).orElse("{}");
    return StrictJson.parseObject(line, LINE, "line").path(field).asText();
  }

  @Override
  public void close() {
    kill();
  }
}
