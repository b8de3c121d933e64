package org.beaconcohort.cohort.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What fixes a cohort for ever (N11).
 *
 * @param proposal of the key set; its text holds the announcement
 * @param optIns in key order
 * @param acks in key order
 */
public record KeysetStatements(
    SignedStatement proposal, List<SignedStatement> optIns, List<SignedStatement> acks) {
  /** Copies the lists. */
  public KeysetStatements {
    optIns = List.copyOf(optIns);
    acks = List.copyOf(acks);
  }

  /** In the order of the file. */
  List<SignedStatement> statements() {
    List<SignedStatement> all = new ArrayList<>(List.of(proposal));
    all.addAll(optIns);
    all.addAll(acks);
    return all;
  }

  /** The cohort that everybody acknowledged. */
  Cohort cohort(StatementReader reader) {
    if (!(proposal.body() instanceof KeysetProposal keyset)) {
      throw new UnprovenException("a key-set proposal is needed, got " + proposal.body().kind());
    }
    SignedStatement announcement = reader.read(keyset.announcementEvent());
    if (!(announcement.body() instanceof Announcement announced)) {
      throw new UnprovenException("an announcement is needed, got " + announcement.body().kind());
    }
    UnprovenException.unless(
        KeysetFork.mayForm(announcement, proposal.author())
            && proposal.header().cohortId().equals(announcement.id()),
        "the key set must be proposed by whoever announced or is named in the terms, for that"
            + " announcement");
    UnprovenException.unless(
        optIns.stream().allMatch(said -> said.body() instanceof OptIn),
        "every member must have opted in");
    Optional<Violation> wrong = KeysetView.check(announcement, keyset, optIns);
    UnprovenException.unless(
        wrong.isEmpty(), "the key set must recompute: " + wrong.map(Violation::detail).orElse(""));
    // Key order is checked of the ids above.
    UnprovenException.unless(
        optIns.stream().map(SignedStatement::id).toList().equals(keyset.optIns()),
        "opt-ins must be in key order");
    Cohort cohort = KeysetView.cohort(announced.terms(), optIns);
    UnprovenException.unless(
        acks.size() == cohort.size(), "every member must have acknowledged the key set");
    for (int slot = 0; slot < acks.size(); slot++) {
      SignedStatement said = acks.get(slot);
      UnprovenException.unless(
          said.author().equals(cohort.members().get(slot).statementKey())
              && said.body() instanceof KeysetAck ack
              && ack.keysetProposalId().equals(proposal.id())
              && said.header().cohortId().equals(cohort.id()),
          "slot " + slot + " must have acknowledged the key set");
    }
    return cohort;
  }

  /** Whether an author may ever lead in the cohort. */
  boolean mayLead(Cohort cohort, Bytes author) {
    return author.equals(proposal.author())
        || cohort.terms().successors().contains(author)
        || cohort.members().stream()
            .anyMatch(member -> member.mayCoordinate() && member.statementKey().equals(author));
  }

  /**
   * Whether the process that said {@code said} also said which terms it is about: the cohort's id
   * covers the keys, not the terms, and members may show one key set to two announcements.
   */
  boolean isOfTheProcessOf(SignedStatement said) {
    return Stream.concat(Stream.of(proposal), acks.stream())
        .anyMatch(fixing ->
            fixing.author().equals(said.author())
                && fixing.header().instance().equals(said.header().instance()));
  }
}
