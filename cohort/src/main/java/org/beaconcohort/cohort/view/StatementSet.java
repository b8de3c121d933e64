package org.beaconcohort.cohort.view;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A set of statements by id. Adding is commutative, associative and idempotent, so whatever is
 * derived from the set is the same for everyone who holds it (N14). Equivocations are kept, both
 * sides.
 *
 * <p>Three sorted arrays, copied when a statement is added: what is asked of a set is a few
 * searches in them, however many members a cohort has.
 */
public final class StatementSet {
  private static final SignedStatement[] NONE = {};

  /** Nothing said. */
  public static final StatementSet EMPTY = new StatementSet(NONE, NONE, NONE);

  /** By author, then that author's own order; the id decides between equivocations. */
  static final Comparator<SignedStatement> ORDER =
      (one, other) -> {
        int order = compareNumbers(one, other);
        return order != 0 ? order : one.id().compareTo(other.id());
      };

  private static final Comparator<SignedStatement> BY_KIND =
      (one, other) -> {
        int order = one.body().kind().compareTo(other.body().kind());
        return order != 0 ? order : ORDER.compare(one, other);
      };

  private final SignedStatement[] byId;
  private final SignedStatement[] byAuthor;
  private final SignedStatement[] byKind;

  private StatementSet(
      SignedStatement[] byId, SignedStatement[] byAuthor, SignedStatement[] byKind) {
    this.byId = byId;
    this.byAuthor = byAuthor;
    this.byKind = byKind;
  }

  private static int compareNumbers(SignedStatement one, SignedStatement other) {
    int order = one.author().compareTo(other.author());
    order = order != 0 ? order : one.header().instance().compareTo(other.header().instance());
    return order != 0 ? order : Long.compare(one.header().seq(), other.header().seq());
  }

  /** This set and {@code statement}. */
  public StatementSet with(SignedStatement statement) {
    int at = firstNotBefore(byId, each -> each.id().compareTo(statement.id()));
    if (at < byId.length && byId[at].id().equals(statement.id())) {
      return this;
    }
    return new StatementSet(
        inserted(byId, at, statement),
        inserted(byAuthor, ORDER, statement),
        inserted(byKind, BY_KIND, statement));
  }

  private static SignedStatement[] inserted(
      SignedStatement[] all, Comparator<SignedStatement> order, SignedStatement statement) {
    return inserted(all, firstNotBefore(all, each -> order.compare(each, statement)), statement);
  }

  private static SignedStatement[] inserted(
      SignedStatement[] all, int at, SignedStatement statement) {
    SignedStatement[] more = new SignedStatement[all.length + 1];
    System.arraycopy(all, 0, more, 0, at);
    more[at] = statement;
    System.arraycopy(all, at, more, at + 1, all.length - at);
    return more;
  }

  /** The first place whose statement does not come before what is looked for. */
  private static int firstNotBefore(SignedStatement[] all, ToIntFunction<SignedStatement> order) {
    int from = 0;
    int to = all.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (order.applyAsInt(all[middle]) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Whether a statement with that id is in the set. */
  public boolean contains(Bytes id) {
    return find(id).isPresent();
  }

  /** The statement with that id. */
  public Optional<SignedStatement> find(Bytes id) {
    int at = firstNotBefore(byId, each -> each.id().compareTo(id));
    return at < byId.length && byId[at].id().equals(id) ? Optional.of(byId[at]) : Optional.empty();
  }

  /** All statements of a kind by author, instance, sequence number, id. */
  public List<SignedStatement> of(StatementKind kind) {
    return among(byKind, each -> each.body().kind().compareTo(kind));
  }

  /** The statements of a kind by one author, in its order. */
  public List<SignedStatement> of(StatementKind kind, Bytes author) {
    return among(
        byKind,
        each -> {
          int order = each.body().kind().compareTo(kind);
          return order != 0 ? order : each.author().compareTo(author);
        });
  }

  /** Those that stand together at 0. */
  private static List<SignedStatement> among(
      SignedStatement[] all, ToIntFunction<SignedStatement> order) {
    int from = firstNotBefore(all, order);
    int to = firstNotBefore(all, each -> order.applyAsInt(each) <= 0 ? -1 : 1);
    return Collections.unmodifiableList(Arrays.asList(all).subList(from, to));
  }

  /** Every statement, by id. */
  public Collection<SignedStatement> all() {
    return Collections.unmodifiableList(Arrays.asList(byId));
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
    return among(byAuthor, each -> compareNumbers(each, statement)).stream()
        .filter(other -> !other.id().equals(statement.id()))
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

  /** The same statements. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StatementSet set && Arrays.equals(byId, set.byId);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byId);
  }

  @Override
  public String toString() {
    return "StatementSet of " + byId.length;
  }
}
