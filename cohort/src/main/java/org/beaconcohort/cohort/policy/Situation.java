package org.beaconcohort.cohort.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Deadlines;

/**
 * All that a decision depends on, as one party sees it: facts, own clock, terms (2.9). {@link #of}
 * gives one in which nothing has happened; the {@code with} methods say what has.
 *
 * @param phase what is waited for
 * @param deadlines of the terms
 * @param now on the own clock
 * @param until when the phase is over on the own clock
 * @param bound the earliest own update deadline less a confirmation; {@link Instant#MAX} if there
 *     is none, or the singletons are out already
 * @param leading who leads, and who follows
 * @param signers whose answers are here
 * @param tries what was tried in this round
 * @param extensions what the terms allow, and what was used of it
 * @param fault what proves that the key path of the round is over, nothing if it is not
 * @param bundle whether the data behind the signal is kept
 * @param relays what they show of one's own words
 * @param alone whether own updates can go out by the singletons
 */
public record Situation(
    Phase phase,
    Deadlines deadlines,
    Instant now,
    Instant until,
    Instant bound,
    Leading leading,
    Signers signers,
    Tries tries,
    Extensions extensions,
    Optional<Code> fault,
    Bundle bundle,
    Relays relays,
    boolean alone) {

  /**
   * Who leads.
   *
   * @param self whether this party does
   * @param successors how many may still follow whoever leads now
   */
  public record Leading(boolean self, int successors) {}

  /**
   * Whose answers to the phase are here.
   *
   * @param members n
   * @param missing slots without an answer, ascending
   * @param threshold k of leaf A, or 0 if the output has none
   * @param consented whether the terms and every opt-in consent to fewer than n signatures
   */
  public record Signers(int members, List<Integer> missing, int threshold, boolean consented) {
    /** Copies the list. */
    public Signers {
      missing = List.copyOf(missing);
    }

    int present() {
      return members - missing.size();
    }
  }

  /**
   * What was tried in this round.
   *
   * @param keyPath attempts proposed on the key path
   * @param leaf requests of leaf-A signatures
   * @param nonceLost whether a lost nonce has ended the last attempt
   * @param noncesReady whether every slot has an open nonce for another
   */
  public record Tries(int keyPath, int leaf, boolean nonceLost, boolean noncesReady) {
    /** None. */
    public static final Tries NONE = new Tries(0, 0, false, false);
  }

  /**
   * N20.
   *
   * @param most extensions of a round that the terms allow, 0 for none
   * @param by how much each is
   * @param made in this round, by whichever leader
   */
  public record Extensions(int most, Duration by, int made) {
    /** The terms allow none. */
    public static final Extensions NONE = new Extensions(0, Duration.ZERO, 0);
  }

  /**
   * R19.
   *
   * @param stored whether this party keeps the bundle
   * @param acks members that say they keep it
   */
  public record Bundle(boolean stored, int acks) {
    /** Not there yet. */
    public static final Bundle NONE = new Bundle(false, 0);
  }

  /** What relays show of one's own words (R14). */
  public enum Relays {
    /** They were not asked since the phase began. */
    NOT_ASKED,
    /** A fresh own statement can be read back on a quorum. */
    REACHABLE,
    /** It cannot: nothing can be concluded from anybody's silence. */
    UNREACHABLE
  }

  /** A phase of {@code members} that has just begun; this party does not lead and asked nobody. */
  public static Situation of(
      Phase phase, Deadlines deadlines, int members, Instant now, Instant until) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        Instant.MAX,
        new Leading(false, 0),
        new Signers(members, List.of(), 0, false),
        Tries.NONE,
        Extensions.NONE,
        Optional.empty(),
        Bundle.NONE,
        Relays.NOT_ASKED,
        false);
  }

  /** The same at another time. */
  public Situation at(Instant time) {
    return new Situation(
        phase,
        deadlines,
        time,
        until,
        bound,
        leading,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        relays,
        alone);
  }

  /** The same in another phase with another deadline, for which relays were not asked yet. */
  public Situation during(Phase other, Instant deadline) {
    return new Situation(
        other,
        deadlines,
        now,
        deadline,
        bound,
        leading,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        Relays.NOT_ASKED,
        alone);
  }

  /** With an own deadline beyond which nothing of the cohort helps. */
  public Situation withBound(Instant other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        other,
        leading,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        relays,
        alone);
  }

  /** With that leader. */
  public Situation with(Leading other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        other,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        relays,
        alone);
  }

  /** With those signers. */
  public Situation with(Signers other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        other,
        tries,
        extensions,
        fault,
        bundle,
        relays,
        alone);
  }

  /** After those tries. */
  public Situation with(Tries other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        signers,
        other,
        extensions,
        fault,
        bundle,
        relays,
        alone);
  }

  /** With those extensions. */
  public Situation with(Extensions other) {
    return new Situation(
        phase, deadlines, now, until, bound, leading, signers, tries, other, fault, bundle, relays,
        alone);
  }

  /** With a proof that the key path of the round is over. */
  public Situation withFault(Code code) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        signers,
        tries,
        extensions,
        Optional.of(code),
        bundle,
        relays,
        alone);
  }

  /** With that of the bundle. */
  public Situation with(Bundle other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        signers,
        tries,
        extensions,
        fault,
        other,
        relays,
        alone);
  }

  /** After relays were asked. */
  public Situation with(Relays other) {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        other,
        alone);
  }

  /** With own updates that can go out by the singletons. */
  public Situation withSingleton() {
    return new Situation(
        phase,
        deadlines,
        now,
        until,
        bound,
        leading,
        signers,
        tries,
        extensions,
        fault,
        bundle,
        relays,
        true);
  }
}
