package org.beaconcohort.cli.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.LeaseState;
import org.beaconcohort.cli.exit.CommandFailure;

/** Identities of a journal. */
final class Identities {
  private Identities() {}

  /**
   * Nothing, if the journal knows the identity.
   *
   * @throws CommandFailure refused, otherwise: a mistyped key must not be made one
   */
  static void require(JournalStore store, String identity) {
    List<String> known = store.leases().all().stream().map(LeaseState::identity).toList();
    if (!known.contains(identity)) {
      throw CommandFailure.refused(
          "NO_SUCH_IDENTITY",
          "identity must be one of " + known + ", got " + identity,
          "copy it from beacon-cohort journal list");
    }
  }
}
