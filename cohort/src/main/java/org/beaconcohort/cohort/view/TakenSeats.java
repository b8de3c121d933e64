package org.beaconcohort.cohort.view;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/** What opt-ins have taken that no two may share: keys (x-only), inboxes, authors, DIDs. */
final class TakenSeats {
  private final Set<Bytes> authors = new HashSet<>();
  private final Set<Bytes> cohortKeys = new HashSet<>();
  private final Set<Bytes> inboxKeys = new HashSet<>();
  private final Set<String> dids = new HashSet<>();

  /** Takes a seat; what is no opt-in takes none. */
  void take(SignedStatement said) {
    if (said.body() instanceof OptIn optIn) {
      authors.add(said.author());
      cohortKeys.add(optIn.cohortKey().slice(1, 33));
      inboxKeys.add(optIn.inboxKey());
      optIn.registrations().forEach(registration -> dids.add(registration.did()));
    }
  }

  /** What {@code added} would share with those who have a seat. */
  Optional<Violation> clash(SignedStatement added) {
    if (!(added.body() instanceof OptIn candidate)) {
      return no("statement must be an opt-in, got " + added.body().kind());
    }
    if (authors.contains(added.author())) {
      return no("candidate must opt in once, got twice " + added.author());
    }
    if (cohortKeys.contains(candidate.cohortKey().slice(1, 33))) {
      return no("cohort key must be x-only distinct, got twice " + candidate.cohortKey());
    }
    if (inboxKeys.contains(candidate.inboxKey())) {
      return no("inbox key must be distinct, got twice " + candidate.inboxKey());
    }
    for (Registration registration : candidate.registrations()) {
      if (dids.contains(registration.did())) {
        return no("DID must be registered once, got twice " + registration.did());
      }
    }
    return Optional.empty();
  }

  private static Optional<Violation> no(String detail) {
    return Optional.of(Violation.refusal(Code.OPT_IN_INVALID, detail));
  }
}
