package org.beaconcohort.cli.secret;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/**
 * The secrets of one command: a line of a file descriptor, an environment variable, or what
 * somebody types. One descriptor may give several, a line each in the order they are asked for.
 * Nothing of them is in a message.
 */
public final class SecretInput implements AutoCloseable {
  /** The environment variable that may hold the keystore's password. */
  public static final String VARIABLE = "BEACON_COHORT_PASSWORD";

  private static final int LONGEST = 4096;

  private final Map<String, String> environment;
  private final Prompt prompt;
  private final Map<Integer, InputStream> descriptors = new HashMap<>();

  SecretInput(Map<String, String> environment, Prompt prompt) {
    this.environment = environment;
    this.prompt = prompt;
  }

  /** This process's environment and terminal. */
  public static SecretInput ofProcess() {
    return new SecretInput(System.getenv(), Prompt.terminal());
  }

  /**
   * A secret; the caller closes it.
   *
   * @param descriptor that was named, if one was
   * @throws CommandFailure if it cannot be had
   */
  public SecretText get(Optional<Integer> descriptor, Wanted wanted) {
    if (descriptor.isPresent()) {
      return line(descriptor.get(), wanted);
    }
    String held = wanted.environment() ? environment.getOrDefault(VARIABLE, "") : "";
    return held.isEmpty() ? typed(wanted) : SecretText.of(held.toCharArray());
  }

  /** Whether a descriptor was not named and somebody could be asked instead. */
  public Optional<SecretText> ask(String question) {
    return prompt.ask(question + ": ");
  }

  private SecretText typed(Wanted wanted) {
    SecretText first =
        ask(wanted.what())
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "NO_SECRET",
                    wanted.what() + " must be given, and there is no terminal to ask at",
                    "give it on a descriptor: "
                        + wanted.option()
                        + " 3 3<FILE"
                        + (wanted.environment() ? ", or in " + VARIABLE : "")));
    if (wanted.twice()) {
      try (SecretText second = ask("the same again").orElse(SecretText.of(new char[0]))) {
        if (!first.sameAs(second)) {
          first.close();
          throw new CommandFailure(
              ExitCode.USAGE,
              "NOT_THE_SAME",
              wanted.what() + " must be typed twice the same, it was not",
              "run the command again");
        }
      }
    }
    return first;
  }

  private SecretText line(int descriptor, Wanted wanted) {
    byte[] read = new byte[LONGEST];
    int size = 0;
    try {
      InputStream in = stream(descriptor);
      int next = in.read();
      if (next < 0) {
        throw bad(wanted, "descriptor " + descriptor + " has no line left");
      }
      // One byte at a time: what follows belongs to whoever asks next.
      while (next >= 0 && next != '\n') {
        if (size == LONGEST) {
          throw bad(wanted, "it is longer than " + LONGEST + " bytes");
        }
        read[size] = (byte) next;
        size++;
        next = in.read();
      }
      return SecretText.ofUtf8(Arrays.copyOf(read, size));
    } catch (IOException failure) {
      throw bad(wanted, "descriptor " + descriptor + " cannot be read");
    } catch (IllegalArgumentException notText) {
      throw bad(wanted, "it is no UTF-8");
    } finally {
      Arrays.fill(read, (byte) 0);
    }
  }

  private InputStream stream(int descriptor) throws IOException {
    InputStream open = descriptors.get(descriptor);
    if (open == null) {
      // Unbuffered both: a buffer would keep what it read.
      open =
          descriptor == 0
              ? new FileInputStream(FileDescriptor.in)
              : new FileInputStream("/dev/fd/" + descriptor);
      descriptors.put(descriptor, open);
    }
    return open;
  }

  private static CommandFailure bad(Wanted wanted, String why) {
    return CommandFailure.badInput(
        wanted.what() + " must be a line of UTF-8: " + why,
        "give it so: " + wanted.option() + " 3 3<FILE");
  }

  @Override
  public void close() {
    for (Map.Entry<Integer, InputStream> each : descriptors.entrySet()) {
      // Standard input is not ours to close.
      if (each.getKey() != 0) {
        close(each.getValue());
      }
    }
    descriptors.clear();
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException later) {
      // It ends with the process.
    }
  }

  @Override
  public String toString() {
    return "SecretInput";
  }
}
