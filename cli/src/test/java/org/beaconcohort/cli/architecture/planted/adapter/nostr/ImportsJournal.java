package org.beaconcohort.cli.architecture.planted.adapter.nostr;

import java.util.Optional;
import org.beaconcohort.cli.architecture.planted.adapter.journal.ImportsChain;

/** Breaks: nostr does not import journal. */
public final class ImportsJournal {
  Optional<ImportsChain> journal() {
    return Optional.of(new ImportsChain());
  }
}
