package org.beaconcohort.cohort.view;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Which nonces of a round can still sign (N3, N4): everyone derives it from the same statements, so
 * a leader cannot start another attempt over a loss that nobody told of.
 */
public final class LostNonces {
  private static final List<StatementKind> CARRIERS =
      List.of(StatementKind.RESPONSE, StatementKind.PARTIAL_SIGNATURE, StatementKind.NONCE_LOST);

  private LostNonces() {}

  /** Ids of the round's statements whose own authors say that their nonces are lost. */
  public static Set<Bytes> dead(Round round, StatementSet said) {
    Set<Bytes> dead = new HashSet<>();
    for (SignedStatement each : said.of(StatementKind.NONCE_LOST)) {
      if (each.body() instanceof NonceLost lost && each.header().roundId().equals(round.id())) {
        for (Bytes id : lost.dead()) {
          // Nobody can take back what another said.
          if (said.find(id).filter(own -> own.author().equals(each.author())).isPresent()) {
            dead.add(id);
          }
        }
      }
    }
    return dead;
  }

  /** Whether the attempt can never be completed, because a nonce it names is lost. */
  public static boolean isDead(PartialsView partials, StatementSet said) {
    Attempt attempt = partials.attempt();
    Set<Bytes> dead = dead(attempt.round(), said);
    return partials.missing().stream()
        .anyMatch(slot -> dead.contains(attempt.nonceCarriers().get(slot).id()));
  }

  /**
   * The statement that carries the slot's one open nonce: the last of a process instance, since
   * each one that follows within an instance comes with the signature that used the one before, and
   * not one that a later instance says is lost, nor one that a later instance found sealed and
   * used.
   *
   * @param named ids of the statements whose nonces the present attempt asks for
   */
  public static Optional<SignedStatement> open(
      Round round, StatementSet said, int slot, Set<Bytes> named) {
    Bytes author = round.cohort().members().get(slot).statementKey();
    Bytes roundId = round.id();
    Map<Bytes, SignedStatement> lastOfInstance = new TreeMap<>();
    for (StatementKind kind : CARRIERS) {
      for (SignedStatement each : said.of(kind, author)) {
        if (each.header().roundId().equals(roundId)) {
          lastOfInstance.merge(
              each.header().instance(),
              each,
              (one, other) -> one.header().seq() > other.header().seq() ? one : other);
        }
      }
    }
    Set<Bytes> over = new HashSet<>(named);
    over.addAll(dead(round, said));
    over.addAll(used(roundId, said, slot, author));
    return lastOfInstance.values().stream().filter(each -> !over.contains(each.id())).findFirst();
  }

  /** Ids of the slot's carriers whose nonces a partial signature of the author has used. */
  private static Set<Bytes> used(Bytes roundId, StatementSet said, int slot, Bytes author) {
    Set<Bytes> signed = new HashSet<>();
    for (SignedStatement each : said.of(StatementKind.PARTIAL_SIGNATURE, author)) {
      if (each.body() instanceof PartialSignature partial) {
        signed.add(partial.transcript());
      }
    }
    Set<Bytes> used = new HashSet<>();
    for (SignedStatement each : said.of(StatementKind.PROPOSAL)) {
      if (each.body() instanceof Proposal proposal
          && each.header().roundId().equals(roundId)
          && slot < proposal.nonces().size()
          && signed.contains(proposal.transcript())) {
        used.add(proposal.nonces().get(slot));
      }
    }
    return used;
  }
}
