package org.beaconcohort.cohort.model;

import java.util.List;
import java.util.OptionalInt;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A fixed ordered set of members and terms with one Taproot output. It names no coordinator (R1).
 *
 * @param terms what every member opted in to
 * @param members in key order (BIP-327 KeySort)
 * @param output the beacon output of exactly these keys and terms
 */
public record Cohort(CohortTerms terms, List<Member> members, BeaconOutput output) {
  /** Copies the list. */
  public Cohort {
    members = List.copyOf(members);
  }

  /** The cohort of {@code members}, which must be in key order, under {@code terms}. */
  public static Cohort of(CohortTerms terms, List<Member> members) {
    List<Bytes> keys = members.stream().map(Member::cohortKey).toList();
    int threshold = terms.threshold(members.size());
    BeaconOutput output = BeaconOutput.of(keys);
    return new Cohort(terms, members, threshold == 0 ? output : output.withLeafA(threshold));
  }

  /** H("cohort", network, keys in order, k, merkle root or nothing), 32 bytes (2.6). */
  public Bytes id() {
    return FieldHash.of("cohort")
        .text(terms.network().name())
        .list(keys())
        .number(terms.threshold(members.size()))
        .bytes(output.merkleRoot().orElse(Bytes.EMPTY))
        .hash();
  }

  /** Number of members, n. */
  public int size() {
    return members.size();
  }

  /** Compressed cohort keys in order, 33 bytes each. */
  public List<Bytes> keys() {
    return members.stream().map(Member::cohortKey).toList();
  }

  /** The beacon address on the network of the terms. */
  public String address() {
    return output.address(terms.network()).text();
  }

  /** The slot whose statements {@code statementKey} signs. */
  public OptionalInt slotOf(Bytes statementKey) {
    for (int slot = 0; slot < members.size(); slot++) {
      if (members.get(slot).statementKey().equals(statementKey)) {
        return OptionalInt.of(slot);
      }
    }
    return OptionalInt.empty();
  }
}
