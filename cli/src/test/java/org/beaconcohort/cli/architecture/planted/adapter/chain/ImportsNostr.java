package org.beaconcohort.cli.architecture.planted.adapter.chain;

import java.util.Optional;
import org.beaconcohort.cli.architecture.planted.adapter.nostr.ImportsJournal;

/** Breaks: chain does not import nostr. */
public final class ImportsNostr {
  Optional<ImportsJournal> nostr() {
    return Optional.of(new ImportsJournal());
  }
}
