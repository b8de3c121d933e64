package org.beaconcohort.cli.secret;

import java.io.Console;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.report.Terminal;

/** Somebody who can be asked. */
@FunctionalInterface
interface Prompt {
  /** What was typed, unseen; empty if nobody is there. */
  Optional<SecretText> ask(String question);

  /** Whoever sits at this process's terminal. */
  static Prompt terminal() {
    return question -> {
      Optional<Console> console = Terminal.console();
      return console.map(there -> there.readPassword("%s", question)).map(SecretText::of);
    };
  }
}
