package org.beaconcohort.cohort.reliability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * All that is remembered of members, the fold of its events; immutable. Silence parks and advises,
 * a proof alone bans (R17). Adding an event that is there already changes nothing.
 */
public final class Reliability {
  /** Nothing yet. */
  public static final Reliability EMPTY =
      new Reliability(new TreeMap<>(), Map.of(), Set.of(), Set.of());

  private record Round(Bytes announcement, int number) {}

  private final SortedMap<String, MemberRecord> members;
  private final Map<Bytes, Set<String>> signers;
  private final Set<Round> rounds;
  private final Set<Bytes> enrolments;

  private Reliability(
      SortedMap<String, MemberRecord> members,
      Map<Bytes, Set<String>> signers,
      Set<Round> rounds,
      Set<Bytes> enrolments) {
    this.members = members;
    this.signers = signers;
    this.rounds = rounds;
    this.enrolments = enrolments;
  }

  /** The same and one event more. */
  public Reliability with(ReliabilityEvent event) {
    return switch (event) {
      case ReliabilityEvent.Attended attended -> attended(attended.attendance());
      case ReliabilityEvent.Waited waited -> waited(waited);
      case ReliabilityEvent.Convicted convicted -> convicted(convicted.fault());
      case ReliabilityEvent.Forgotten forgotten -> forgotten(forgotten.did());
    };
  }

  /** Whether {@link #with} would change nothing. */
  public boolean knows(ReliabilityEvent event) {
    return with(event).equals(this);
  }

  private Reliability attended(Attendance attendance) {
    Round round = new Round(attendance.announcement(), attendance.round());
    if (rounds.contains(round)) {
      return this;
    }
    SortedMap<String, MemberRecord> after = new TreeMap<>(members);
    Map<Bytes, Set<String>> keys = new HashMap<>(signers);
    for (Attendance.Seat seat : attendance.seats()) {
      Set<String> dids = new LinkedHashSet<>(signers.getOrDefault(seat.statementKey(), Set.of()));
      dids.addAll(seat.dids());
      keys.put(seat.statementKey(), Collections.unmodifiableSet(dids));
      for (String did : seat.dids()) {
        MemberRecord before = of(did);
        after.put(did, attendance.counts() ? before.attended(attendance, seat) : before);
      }
    }
    Set<Round> more = new HashSet<>(rounds);
    more.add(round);
    return new Reliability(after, keys, more, enrolments);
  }

  private Reliability waited(ReliabilityEvent.Waited waited) {
    if (enrolments.contains(waited.announcement())) {
      return this;
    }
    SortedMap<String, MemberRecord> after = new TreeMap<>(members);
    for (String did : waited.dids()) {
      after.computeIfPresent(did, (same, record) -> record.waited());
    }
    Set<Bytes> more = new HashSet<>(enrolments);
    more.add(waited.announcement());
    return new Reliability(after, signers, rounds, more);
  }

  private Reliability convicted(ProvenFault fault) {
    SortedMap<String, MemberRecord> after = new TreeMap<>(members);
    boolean news = false;
    for (String did : whoseKey(fault.conviction().author())) {
      news |= !of(did).proofs().contains(fault);
      after.put(did, of(did).convicted(fault));
    }
    return news ? new Reliability(after, signers, rounds, enrolments) : this;
  }

  /** The keys stay known, so that a proof against one of them still finds its DIDs. */
  private Reliability forgotten(String did) {
    if (!members.containsKey(did)) {
      return this;
    }
    SortedMap<String, MemberRecord> after = new TreeMap<>(members);
    after.remove(did);
    return new Reliability(after, signers, rounds, enrolments);
  }

  /** Everybody who was seen, by DID. */
  public List<MemberRecord> members() {
    return List.copyOf(members.values());
  }

  /** What is known of a DID. */
  public MemberRecord of(String did) {
    return members.getOrDefault(did, MemberRecord.unknown(did));
  }

  /** The DIDs that were enrolled with this statement key; none if it was never seen. */
  public Set<String> whoseKey(Bytes statementKey) {
    return signers.getOrDefault(statementKey, Set.of());
  }

  /** Whom the next cohort refuses, and whom it takes last. */
  public Admission admission() {
    return new Admission(dids(MemberRecord::banned), dids(MemberRecord::parked));
  }

  private Set<String> dids(Predicate<MemberRecord> which) {
    return members.values().stream()
        .filter(which)
        .map(MemberRecord::did)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What operators should know, a sentence each: whom to do without, and who is banned. */
  public List<String> advice() {
    List<String> advice = new ArrayList<>();
    for (MemberRecord member : members.values()) {
      if (member.banned()) {
        advice.add(
            member.did()
                + " is banned: "
                + member.proofs().iterator().next().conviction().detail());
      } else if (member.betterWithout()) {
        advice.add(
            "re-form the cohort without "
                + member.did()
                + ": it was silent in "
                + member.silentRunning()
                + " rounds running");
      }
    }
    return advice;
  }

  /** How a cohort of these members would do, and of how many it should be. */
  public Forecast forecast(Collection<String> dids, double wanted) {
    return Forecast.of(dids.stream().map(this::of).toList(), wanted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reliability same
        && members.equals(same.members)
        && signers.equals(same.signers)
        && rounds.equals(same.rounds)
        && enrolments.equals(same.enrolments);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }
}
