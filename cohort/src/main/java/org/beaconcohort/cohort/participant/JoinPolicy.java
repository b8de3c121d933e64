package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What terms a member accepts.
 *
 * @param network of the member's DIDs
 * @param coordinator x-only key it will follow, 32 bytes, or empty for any
 * @param confirmations depth the member itself asks for, blocks; the deeper of this and the terms
 * @param maxFee highest fee of a round, sat
 * @param updateDeadline when the update must be anchored at the latest; {@link Instant#MAX} if
 *     never
 * @param fallback what becomes of updates that the cohort does not anchor in time
 * @param minK the least k of leaf A below n that this member agrees to, 0 if to none (N9)
 * @param succession about cohorts that follow one another
 * @param among the DIDs that the terms must invite, these and nobody else; empty for any
 */
public record JoinPolicy(
    Network network,
    Bytes coordinator,
    int confirmations,
    long maxFee,
    Instant updateDeadline,
    Fallback fallback,
    int minK,
    Succession succession,
    Set<String> among) {
  /** Copies. */
  public JoinPolicy {
    among = Set.copyOf(among);
  }

  /**
   * What a member does about cohorts that follow one another (signing-safety 2.4 (d)).
   *
   * @param after id of the cohort that the one to join must follow, 32 bytes, or empty for any
   * @param leaving whether it lets its cohort go on without it
   */
  public record Succession(Bytes after, Leaving leaving) {
    /** Joins any cohort, and leaves none. */
    public static final Succession NONE = new Succession(Bytes.EMPTY, Leaving.REFUSES);
  }

  /** Whether a member signs the last round of its cohort, which pays one that it is not in. */
  public enum Leaving {
    /** Such a round is refused: the coins stay. */
    REFUSES,
    /** It is signed, once the next cohort is shown to be complete. */
    CONSENTS
  }

  /** What a member does with updates it has committed to when the cohort does not anchor them. */
  public enum Fallback {
    /** Anchors the same bytes by its DIDs' own singleton beacons (R21). */
    SINGLETON,
    /** Leaves that to its operator. */
    NONE
  }

  /** Falls back to the singletons. */
  public JoinPolicy(
      Network network, Bytes coordinator, int confirmations, long maxFee, Instant updateDeadline) {
    this(network, coordinator, confirmations, maxFee, updateDeadline, Fallback.SINGLETON);
  }

  /** Keeps its veto: no leaf A with k below n. Joins any cohort, and leaves none. */
  public JoinPolicy(
      Network network,
      Bytes coordinator,
      int confirmations,
      long maxFee,
      Instant updateDeadline,
      Fallback fallback) {
    this(
        network,
        coordinator,
        confirmations,
        maxFee,
        updateDeadline,
        fallback,
        0,
        Succession.NONE,
        Set.of());
  }

  /** This policy with another least k of leaf A. */
  public JoinPolicy withMinK(int k) {
    return new JoinPolicy(
        network,
        coordinator,
        confirmations,
        maxFee,
        updateDeadline,
        fallback,
        k,
        succession,
        among);
  }

  /**
   * This policy for one coordinator's cohort of these DIDs and nobody else.
   *
   * @param key of the coordinator, x-only, 32 bytes
   */
  public JoinPolicy among(Set<String> dids, Bytes key) {
    return new JoinPolicy(
        network, key, confirmations, maxFee, updateDeadline, fallback, minK, succession, dids);
  }

  /** This policy for cohorts that follow one another. */
  public JoinPolicy withSuccession(Succession other) {
    return new JoinPolicy(
        network, coordinator, confirmations, maxFee, updateDeadline, fallback, minK, other, among);
  }

  /** The consent that the opt-in carries under these terms. */
  int consent(CohortTerms terms) {
    return terms.leafA() == CohortTerms.LeafA.THRESHOLD ? minK : 0;
  }

  private Optional<Violation> veto(CohortTerms terms) {
    if (terms.leafA() != CohortTerms.LeafA.THRESHOLD
        || (minK > 0 && terms.leastThreshold() >= minK)) {
      return Optional.empty();
    }
    return no(
        Code.VETO_LOST,
        "leaf A must need "
            + (minK == 0 ? "all members" : "at least " + minK + " members")
            + ", terms let "
            + terms.leastThreshold()
            + " sign without the others: whoever holds so many seats can invalidate this DID for"
            + " ever");
  }

  /**
   * When a committed update that is not anchored yet goes out alone: so early that it can be
   * confirmed by the deadline, as long as the terms give a confirmation. {@link Instant#MAX} if
   * never.
   */
  Instant fallbackAt(CohortTerms terms) {
    return updateDeadline.equals(Instant.MAX)
        ? Instant.MAX
        : updateDeadline.minus(terms.deadlines().confirmation());
  }

  private Optional<Violation> invitation(CohortTerms terms, List<String> dids) {
    for (String did : dids) {
      if (!terms.leaf().admits(did)) {
        return no(Code.TERMS_NOT_ACCEPTED, "terms must invite " + did + ", they do not");
      }
    }
    Set<Bytes> wanted = new HashSet<>();
    among.forEach(did -> wanted.add(Registration.indexOf(did)));
    return among.isEmpty() || wanted.equals(Set.copyOf(terms.leaf().invited()))
        ? Optional.empty()
        : no(
            Code.TERMS_NOT_ACCEPTED,
            "terms must invite the DIDs that are named here and nobody else, they invite "
                + terms.leaf().invited().size());
  }

  /**
   * Why {@code announcement} is not for this member, if it is not.
   *
   * @param dids that it would register
   */
  public Optional<Violation> check(SignedStatement announcement, List<String> dids, Instant now) {
    if (!(announcement.body() instanceof Announcement announced)) {
      return no(Code.TERMS_MISMATCH, "announcement expected, got " + announcement.body().kind());
    }
    CohortTerms terms = announced.terms();
    if (coordinator.size() != 0 && !coordinator.equals(announcement.author())) {
      return no(
          Code.AUTHOR_MISMATCH,
          "coordinator must be " + coordinator + ", got " + announcement.author());
    }
    if (succession.after().size() != 0 && !succession.after().equals(announced.succeeds())) {
      return no(
          Code.TERMS_NOT_ACCEPTED,
          "cohort must follow "
              + succession.after()
              + ", got one that follows "
              + (announced.succeeds().size() == 0 ? "none" : announced.succeeds()));
    }
    if (terms.network() != network) {
      return no(Code.TERMS_NOT_ACCEPTED, "network must be " + network + ", got " + terms.network());
    }
    Optional<Violation> unsupported = supported(terms);
    if (unsupported.isPresent()) {
      return unsupported;
    }
    Optional<Violation> unwanted = veto(terms).or(() -> invitation(terms, dids));
    if (unwanted.isPresent()) {
      return unwanted;
    }
    if (terms.fees().maxFee() > maxFee) {
      return no(
          Code.TERMS_NOT_ACCEPTED,
          "maximum fee must be at most " + maxFee + " sat, got " + terms.fees().maxFee());
    }
    Deadlines deadlines = terms.deadlines();
    Duration round = deadlines.response().plus(deadlines.proposal()).plus(deadlines.partial());
    if (fallbackAt(terms).isBefore(now.plus(round))) {
      return no(
          Code.DEADLINE_PASSED,
          "update deadline must leave "
              + round
              + " for a round and "
              + deadlines.confirmation()
              + " for a confirmation, it is "
              + updateDeadline);
    }
    return Optional.empty();
  }

  /** What this version can run: CAS beacons of bounded size. */
  public static Optional<Violation> supported(CohortTerms terms) {
    if (terms.beaconType() != BeaconType.CAS) {
      return no(Code.NOT_SUPPORTED, "beacon type must be CAS, got " + terms.beaconType());
    }
    if (terms.leafA() != CohortTerms.LeafA.ABSENT && terms.maxMembers() > ThresholdLeaf.MAX_KEYS) {
      return no(
          Code.NOT_SUPPORTED,
          "maxMembers must be at most "
              + ThresholdLeaf.MAX_KEYS
              + " with leaf A, got "
              + terms.maxMembers());
    }
    int dids = terms.maxMembers() * terms.maxDidsPerMember();
    return dids <= CasAnnouncement.MAX_ENTRIES
        ? Optional.empty()
        : no(
            Code.NOT_SUPPORTED,
            "DIDs of all members must be at most "
                + CasAnnouncement.MAX_ENTRIES
                + " for one announcement, got "
                + dids);
  }

  /** The depth that counts under these terms: the deeper of the two. */
  public int depth(CohortTerms terms) {
    return Math.max(confirmations, terms.confirmations());
  }

  private static Optional<Violation> no(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
