package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.musig2.bytes.Bytes;

/** Which nonces a leader proposes to sign with, from what the members have said. */
public final class Attempts {
  private Attempts() {}

  /**
   * The round's first attempt, once every slot has answered and holds a nonce. A nonce that signed
   * in the meantime stays in its place, so that a second leader comes to the same T as the first.
   */
  public static Optional<Attempt> first(Round round, StatementSet said) {
    if (round.cohort().terms().order() == ResponseOrder.NO_NONCES) {
      return Optional.empty();
    }
    Optional<List<SignedStatement>> responses = Responses.inKeyOrder(round, said);
    return responses.flatMap(
        all -> firstCarriers(round, said).map(carriers -> Attempt.first(round, all, carriers)));
  }

  /** By leaf A with the answers that are here, if they are k at least (N8). */
  public static Optional<Attempt> byLeaf(Round round, StatementSet said) {
    int k = round.cohort().terms().threshold(round.cohort().size());
    List<SignedStatement> here = new ArrayList<>();
    for (int slot = 0; slot < round.cohort().size(); slot++) {
      Responses.of(round, said, slot).ifPresent(here::add);
    }
    return k > 0 && here.size() >= k ? Optional.of(Attempt.byLeaf(round, here)) : Optional.empty();
  }

  /**
   * The key path of what was proposed by leaf A, once every slot has a nonce: a late answer counts
   * as a decline, so that the transaction stays (N8).
   */
  public static Optional<Attempt> reopened(Attempt byLeaf, StatementSet said) {
    Round round = byLeaf.round();
    return round.cohort().terms().order() == ResponseOrder.NO_NONCES
        ? Optional.empty()
        : firstCarriers(round, said)
            .map(carriers -> Attempt.first(round, byLeaf.responses(), carriers));
  }

  private static Optional<List<SignedStatement>> firstCarriers(Round round, StatementSet said) {
    Optional<List<SignedStatement>> responses = Responses.inKeyOrder(round, said);
    if (responses.isEmpty()) {
      return Optional.empty();
    }
    Set<Bytes> dead = LostNonces.dead(round, said);
    List<SignedStatement> carriers = new ArrayList<>();
    for (int slot = 0; slot < responses.get().size(); slot++) {
      SignedStatement response = responses.get().get(slot);
      Optional<SignedStatement> carrier =
          dead.contains(response.id())
              ? LostNonces.open(round, said, slot, Set.of())
              : Optional.of(response);
      if (carrier.isEmpty()) {
        return Optional.empty();
      }
      carriers.add(carrier.get());
    }
    return Optional.of(carriers);
  }

  /**
   * The attempt after one that a lost nonce has ended (N4): when everyone else has signed, since a
   * partial signature carries its author's next nonce.
   */
  public static Optional<Attempt> next(PartialsView partials, StatementSet said) {
    Attempt attempt = partials.attempt();
    Set<Bytes> dead = LostNonces.dead(attempt.round(), said);
    for (int slot : partials.missing()) {
      if (!dead.contains(attempt.nonceCarriers().get(slot).id())) {
        return Optional.empty();
      }
    }
    if (partials.missing().isEmpty()) {
      return Optional.empty();
    }
    Set<Bytes> named = new HashSet<>();
    attempt.nonceCarriers().forEach(carrier -> named.add(carrier.id()));
    return carriers(attempt.round(), said, named).map(attempt::next);
  }

  private static Optional<List<SignedStatement>> carriers(
      Round round, StatementSet said, Set<Bytes> named) {
    List<SignedStatement> carriers = new ArrayList<>();
    for (int slot = 0; slot < round.cohort().size(); slot++) {
      Optional<SignedStatement> open = LostNonces.open(round, said, slot, named);
      if (open.isEmpty()) {
        return Optional.empty();
      }
      carriers.add(open.get());
    }
    return Optional.of(carriers);
  }
}
