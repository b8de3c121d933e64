package org.beaconcohort.cli.report;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/** What the place that standard output goes to can show. */
public enum Terminal {
  /** A file, a pipe, or a dumb terminal: whole lines only. */
  PLAIN,
  /** A line can be written again, without colours. */
  REWRITING,
  /** A line can be written again, and colours are wanted. */
  COLOURED;

  /** What this process prints to. */
  public static Terminal ofProcess() {
    return of(System.getenv(), console().isPresent());
  }

  static Terminal of(Map<String, String> environment, boolean terminal) {
    String kind = environment.getOrDefault("TERM", "");
    if (!terminal || kind.isEmpty() || kind.equals("dumb")) {
      return PLAIN;
    }
    // https://no-color.org: any value but the empty one.
    return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURED : REWRITING;
  }

  /** The terminal that somebody sits at, if there is one. */
  public static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
  }

  /** Java 22 and later have a console even without a terminal, and a method that says so. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }
}
