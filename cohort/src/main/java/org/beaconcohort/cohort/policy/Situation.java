package org.beaconcohort.cohort.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;

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
    ExtensionsUsed extensions,
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
   * @param allowed by the terms in a round
   * @param made in this round, by whichever leader
   */
  public record ExtensionsUsed(Extensions allowed, int made) {
    /** The terms allow none. */
    public static final ExtensionsUsed NONE = new ExtensionsUsed(Extensions.NONE, 0);
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
        ExtensionsUsed.NONE,
        Optional.empty(),
        Bundle.NONE,
        Relays.NOT_ASKED,
        false);
  }

  /** The same at another time. */
  public Situation at(Instant time) {
    return but(draft -> draft.now = time);
  }

  /** The same in another phase with another deadline, for which relays were not asked yet. */
  public Situation during(Phase other, Instant deadline) {
    return but(draft -> {
      draft.phase = other;
      draft.until = deadline;
      draft.relays = Relays.NOT_ASKED;
    });
  }

  /** With an own deadline beyond which nothing of the cohort helps. */
  public Situation withBound(Instant other) {
    return but(draft -> draft.bound = other);
  }

  /** With that leader. */
  public Situation with(Leading other) {
    return but(draft -> draft.leading = other);
  }

  /** With those signers. */
  public Situation with(Signers other) {
    return but(draft -> draft.signers = other);
  }

  /** After those tries. */
  public Situation with(Tries other) {
    return but(draft -> draft.tries = other);
  }

  /** With those extensions. */
  public Situation with(ExtensionsUsed other) {
    return but(draft -> draft.extensions = other);
  }

  /** With a proof that the key path of the round is over. */
  public Situation withFault(Code code) {
    return but(draft -> draft.fault = Optional.of(code));
  }

  /** With that of the bundle. */
  public Situation with(Bundle other) {
    return but(draft -> draft.bundle = other);
  }

  /** After relays were asked. */
  public Situation with(Relays other) {
    return but(draft -> draft.relays = other);
  }

  /** With own updates that can go out by the singletons. */
  public Situation withSingleton() {
    return but(draft -> draft.alone = true);
  }

  private Situation but(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.situation();
  }

  /** A situation of which one thing is being changed. */
  private static final class Draft {
    private Phase phase;
    private final Deadlines deadlines;
    private Instant now;
    private Instant until;
    private Instant bound;
    private Leading leading;
    private Signers signers;
    private Tries tries;
    private ExtensionsUsed extensions;
    private Optional<Code> fault;
    private Bundle bundle;
    private Relays relays;
    private boolean alone;

    Draft(Situation of) {
      phase = of.phase;
      deadlines = of.deadlines;
      now = of.now;
      until = of.until;
      bound = of.bound;
      leading = of.leading;
      signers = of.signers;
      tries = of.tries;
      extensions = of.extensions;
      fault = of.fault;
      bundle = of.bundle;
      relays = of.relays;
      alone = of.alone;
    }

    Situation situation() {
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
          alone);
    }
  }
}
