package org.beaconcohort.cohort.view;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A set of statements by id. Adding is commutative, associative and idempotent, so whatever is
 * derived from the set is the same for everyone who holds it (N14). Equivocations are kept, both
 * sides.
 */
public record StatementSet(Map<Bytes, SignedStatement> byId) {
  /** Nothing said. */
  public static final StatementSet EMPTY = new StatementSet(Map.of());

  /** By author, then that author's own order; the id decides between equivocations. */
  static final Comparator<SignedStatement> ORDER =
      Comparator.comparing(SignedStatement::author)
          .thenComparing(said -> said.header().instance())
          .thenComparingLong(said -> said.header().seq())
          .thenComparing(SignedStatement::id);

  /** Copies, ordered by id. */
  public StatementSet {
    byId = Collections.unmodifiableMap(new TreeMap<>(byId));
  }

  /** This set and {@code statement}. */
  public StatementSet with(SignedStatement statement) {
    if (byId.containsKey(statement.id())) {
      return this;
    }
    Map<Bytes, SignedStatement> more = new TreeMap<>(byId);
    more.put(statement.id(), statement);
    return new StatementSet(more);
  }

  /** Whether a statement with that id is in the set. */
  public boolean contains(Bytes id) {
    return byId.containsKey(id);
  }

  /** The statement with that id. */
  public Optional<SignedStatement> find(Bytes id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All statements of a kind by author, instance, sequence number, id. */
  public List<SignedStatement> of(StatementKind kind) {
    return byId.values().stream().filter(said -> said.body().kind() == kind).sorted(ORDER).toList();
  }

  /** The statements of a kind by one author, in its order. */
  public List<SignedStatement> of(StatementKind kind, Bytes author) {
    return byId.values().stream()
        .filter(said -> said.author().equals(author) && said.body().kind() == kind)
        .sorted(ORDER)
        .toList();
  }

  /** Every statement. */
  public Collection<SignedStatement> all() {
    return byId.values();
  }

  /**
   * The proof that {@code statement}'s author said something else where there is room for one thing
   * only: under the same number, or as another process's response in one round (R24).
   */
  public Optional<Violation> contradiction(SignedStatement statement) {
    Optional<Violation> proof = equivocation(statement).map(each -> each);
    return proof.isPresent() ? proof : duplicateInstance(statement).map(each -> each);
  }

  /** A process that takes over names lost nonces, it never responds again (N4). */
  private Optional<Violation.DuplicateInstance> duplicateInstance(SignedStatement statement) {
    if (statement.body().kind() != StatementKind.RESPONSE) {
      return Optional.empty();
    }
    return of(StatementKind.RESPONSE, statement.author()).stream()
        .filter(other ->
            other.header().roundId().equals(statement.header().roundId())
                && !other.header().instance().equals(statement.header().instance()))
        .findFirst()
        .map(other ->
            new Violation.DuplicateInstance(statement.author(), other.id(), statement.id()));
  }

  /** The proof that {@code statement}'s author said something else under the same number (R24). */
  public Optional<Violation.Equivocation> equivocation(SignedStatement statement) {
    return byId.values().stream()
        .filter(other ->
            other.author().equals(statement.author())
                && other.header().instance().equals(statement.header().instance())
                && other.header().seq() == statement.header().seq()
                && !other.id().equals(statement.id()))
        .findFirst()
        .map(other -> new Violation.Equivocation(statement.author(), other.id(), statement.id()));
  }

  /**
   * Whether the author has used up its quota of that kind: in that round, or in {@code rounds}
   * rounds and outside them together, so that made-up round ids open no further quotas (N20).
   */
  public boolean exhausted(SignedStatement statement, int rounds) {
    StatementKind kind = statement.body().kind();
    List<SignedStatement> made = of(kind, statement.author());
    long inRound =
        made.stream()
            .filter(other -> other.header().roundId().equals(statement.header().roundId()))
            .count();
    return inRound >= kind.quota() || made.size() >= kind.quota() * rounds;
  }
}
