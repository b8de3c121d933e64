package org.beaconcohort.cohort.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** One look through everything that was said. */
final class Search {
  private record Accused(Code code, Bytes author) {}

  private record Numbered(Bytes author, Bytes instance, long seq) {}

  private final Bytes coordinator;
  private final Optional<Cohort> cohort;
  private final Bytes proposalId;
  private final StatementSet said;
  private final Bytes self;
  private final StatementReader reader;
  private final Set<Accused> accused = new HashSet<>();
  private final List<Evidence> found = new ArrayList<>();

  /**
   * A search in {@code said}.
   *
   * @param proposalId of the key set that the party stands by, or empty
   * @param self whom nothing is looked for against
   */
  Search(
      Bytes coordinator,
      Optional<Cohort> cohort,
      Bytes proposalId,
      StatementSet said,
      Bytes self,
      StatementReader reader) {
    this.coordinator = coordinator;
    this.cohort = cohort;
    this.proposalId = proposalId;
    this.said = said;
    this.self = self;
    this.reader = reader;
  }

  List<Evidence> all() {
    equivocations();
    forks();
    cohort.ifPresent(known ->
        keyset(known)
            .ifPresent(keyset -> {
              Set<Bytes> transcripts = new HashSet<>();
              for (SignedStatement each : said.of(StatementKind.PROPOSAL)) {
                if (each.body() instanceof Proposal proposed) {
                  attempt(known, keyset, each, proposed)
                      .ifPresent(attempt -> judge(known, attempt, transcripts));
                }
              }
            }));
    return List.copyOf(found);
  }

  /** Strangers with the channel key convict nobody who matters. */
  private boolean isOther(Bytes author) {
    boolean inRole =
        author.equals(coordinator)
            || cohort.filter(known -> known.terms().successors().contains(author)).isPresent()
            || cohort.filter(known -> known.slotOf(author).isPresent()).isPresent();
    return inRole && !author.equals(self);
  }

  private void add(Evidence evidence) {
    if (!isOther(evidence.convicts())
        || accused.contains(new Accused(evidence.code(), evidence.convicts()))) {
      return;
    }
    try {
      Conviction proved = evidence.verify(reader);
      accused.add(new Accused(proved.code(), proved.author()));
      found.add(evidence);
    } catch (UnprovenException harmless) {
      // Looks odd and proves nothing; nobody is blamed on less than a proof.
    }
  }

  private void equivocations() {
    Map<Numbered, SignedStatement> byNumber = new HashMap<>();
    for (SignedStatement each : said.all()) {
      if (isOther(each.author()) && each.body().kind() != StatementKind.WELCOME) {
        SignedStatement other =
            byNumber.putIfAbsent(
                new Numbered(each.author(), each.header().instance(), each.header().seq()), each);
        if (other != null) {
          add(new Equivocation(other, each));
        }
      }
    }
  }

  private void forks() {
    List<SignedStatement> proposals = said.of(StatementKind.KEYSET_PROPOSAL);
    for (int i = 0; i < proposals.size(); i++) {
      for (int j = 0; j < i; j++) {
        KeysetFork fork = KeysetFork.of(proposals.get(j), proposals.get(i));
        add(fork);
        acks(fork.first())
            .forEach(one ->
                acks(fork.second()).stream()
                    .filter(other -> other.author().equals(one.author()))
                    .forEach(other ->
                        add(new KeysetFork(fork.first(), fork.second(), List.of(one, other)))));
      }
    }
  }

  private List<SignedStatement> acks(SignedStatement proposal) {
    return said.of(StatementKind.KEYSET_ACK).stream()
        .filter(each ->
            each.body() instanceof KeysetAck ack && ack.keysetProposalId().equals(proposal.id()))
        .toList();
  }

  private Optional<KeysetStatements> keyset(Cohort known) {
    List<SignedStatement> optIns = new ArrayList<>();
    List<SignedStatement> acks = new ArrayList<>();
    Optional<SignedStatement> proposal = said.find(proposalId);
    if (proposal.isEmpty()
        || KeysetView.acknowledged(known, said, proposalId).size() < known.size()) {
      return Optional.empty();
    }
    List<SignedStatement> acknowledged = acks(proposal.get());
    for (Member member : known.members()) {
      said.find(member.optInId()).ifPresent(optIns::add);
      acknowledged.stream()
          .filter(ack -> ack.author().equals(member.statementKey()))
          .findFirst()
          .ifPresent(acks::add);
    }
    return optIns.size() == known.size()
        ? Optional.of(new KeysetStatements(proposal.get(), optIns, acks))
        : Optional.empty();
  }

  private Optional<AttemptStatements> attempt(
      Cohort known, KeysetStatements keyset, SignedStatement proposal, Proposal proposed) {
    Optional<SignedStatement> opportunity =
        said.of(StatementKind.OPPORTUNITY).stream()
            .filter(each -> opens(known, each, proposal.header().roundId()))
            .findFirst();
    List<SignedStatement> responses = all(proposed.responses());
    List<SignedStatement> carriers = all(proposed.nonces());
    return opportunity.isPresent()
            && responses.size() == known.size()
            && carriers.size() == known.size()
        ? Optional.of(
            new AttemptStatements(keyset, opportunity.get(), proposal, responses, carriers))
        : Optional.empty();
  }

  private static boolean opens(Cohort known, SignedStatement each, Bytes roundId) {
    if (!each.header().roundId().equals(roundId)
        || !(each.body() instanceof Opportunity opportunity)) {
      return false;
    }
    Round round = new Round(known, opportunity);
    return round.check().isEmpty() && round.id().equals(roundId);
  }

  private List<SignedStatement> all(List<Bytes> ids) {
    return ids.stream().flatMap(id -> said.find(id).stream()).toList();
  }

  /**
   * With the cohort that this party verified itself; only what looks wrong is proved from nothing.
   */
  private void judge(Cohort known, AttemptStatements statements, Set<Bytes> transcripts) {
    Attempt attempt;
    try {
      attempt = statements.attempt(known);
    } catch (UnprovenException harmless) {
      return;
    }
    Proposal proposed = statements.proposed();
    if (!proposed.context().equals(attempt.context())
        || !proposed.transcript().equals(attempt.transcript())) {
      add(new ForgedProposal(statements));
      return;
    }
    // Two leaders propose one T, which is judged once.
    if (!transcripts.add(proposed.transcript())) {
      return;
    }
    PartialsView partials = PartialsView.of(attempt, said);
    if (partials.finalSignature() instanceof FinalSignature.Complete) {
      return;
    }
    for (int slot : partials.faulty()) {
      said.of(StatementKind.PARTIAL_SIGNATURE, known.members().get(slot).statementKey()).stream()
          .filter(each ->
              each.body() instanceof PartialSignature partial
                  && partial.transcript().equals(proposed.transcript()))
          .forEach(each -> add(new BadPartialSignature(statements, each)));
    }
  }
}
