package org.beaconcohort.cohort.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A fixed ordered set of members and terms with one Taproot output. It names no coordinator (R1).
 * What is asked of it with every statement is computed once.
 */
public final class Cohort {
  /**
   * Whose turn it is to lead a round.
   *
   * @param number of the round
   */
  private record Ranking(int number, List<Member> members) {}

  private final CohortTerms terms;
  private final List<Member> members;
  private final BeaconOutput output;
  private final List<Bytes> keys;
  private final Bytes id;
  private final Map<Bytes, Integer> slots = new HashMap<>();

  /** Of the round asked for last; any thread may compute the same again. */
  private @Nullable Ranking lastRanking;

  private Cohort(CohortTerms terms, List<Member> members, BeaconOutput output) {
    this.terms = terms;
    this.members = List.copyOf(members);
    this.output = output;
    this.keys = members.stream().map(Member::cohortKey).toList();
    this.id =
        FieldHash.of("cohort")
            .text(terms.network().name())
            .list(keys)
            .number(terms.threshold(members.size()))
            .bytes(output.merkleRoot().orElse(Bytes.EMPTY))
            .hash();
    for (int slot = 0; slot < members.size(); slot++) {
      slots.putIfAbsent(members.get(slot).statementKey(), slot);
    }
  }

  /** The cohort of {@code members}, which must be in key order, under {@code terms}. */
  public static Cohort of(CohortTerms terms, List<Member> members) {
    int threshold = terms.threshold(members.size());
    BeaconOutput output = BeaconOutput.of(members.stream().map(Member::cohortKey).toList());
    return new Cohort(terms, members, threshold == 0 ? output : output.withLeafA(threshold));
  }

  /** What every member opted in to. */
  public CohortTerms terms() {
    return terms;
  }

  /** The members in key order (BIP-327 KeySort). */
  public List<Member> members() {
    return members;
  }

  /** The beacon output of exactly these keys and terms. */
  public BeaconOutput output() {
    return output;
  }

  /** H("cohort", network, keys in order, k, merkle root or nothing), 32 bytes (2.6). */
  public Bytes id() {
    return id;
  }

  /** Number of members, n. */
  public int size() {
    return members.size();
  }

  /** Compressed cohort keys in order, 33 bytes each. */
  public List<Bytes> keys() {
    return keys;
  }

  /** The beacon address on the network of the terms. */
  public String address() {
    return output.address(terms.network()).text();
  }

  /** The slot whose statements {@code statementKey} signs. */
  public OptionalInt slotOf(Bytes statementKey) {
    Integer slot = slots.get(statementKey);
    return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  /**
   * All members by H("rank", H("order", cohort id, round number), cohort key): nobody can choose a
   * place, since the cohort id is fixed before the first round (R11).
   *
   * @param number of the round, from 1
   */
  public List<Member> ranked(int number) {
    Ranking known = lastRanking;
    if (known != null && known.number() == number) {
      return known.members();
    }
    Bytes seed = FieldHash.of("order").bytes(id).number(number).hash();
    TreeMap<Bytes, Member> byRank = new TreeMap<>();
    for (Member member : members) {
      byRank.put(FieldHash.of("rank").bytes(seed).bytes(member.cohortKey()).hash(), member);
    }
    Ranking computed = new Ranking(number, List.copyOf(byRank.values()));
    lastRanking = computed;
    return computed.members();
  }

  /** The same terms, members and output. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Cohort cohort
            && id.equals(cohort.id)
            && terms.equals(cohort.terms)
            && members.equals(cohort.members)
            && output.equals(cohort.output));
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Cohort " + id + " of " + members.size();
  }
}
