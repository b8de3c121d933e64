package org.beaconcohort.cli.architecture.planted.adapter.journal;

import java.util.Optional;
import org.beaconcohort.cli.architecture.planted.adapter.chain.ImportsNostr;

/** Breaks: journal does not import chain. */
public final class ImportsChain {
  Optional<ImportsNostr> chain() {
    return Optional.of(new ImportsNostr());
  }
}
