package org.beaconcohort.cli.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.Progress.Step;

/** What a demo can let go wrong; whatever it is, everybody who stays ends anchored. */
enum Fault {
  COORDINATOR_ANNOUNCEMENT(
      "coordinator-dies-after-announcement",
      "The coordinator dies when somebody finds its announcement: no cohort forms, and everybody"
          + " anchors alone.",
      Victim.COORDINATOR,
      Moment.member(progress -> progress instanceof Progress.AnnouncementChosen)),
  COORDINATOR_FIRST_OPT_IN(
      "coordinator-dies-after-first-opt-in",
      "The coordinator dies with one opt-in: no cohort forms, and everybody anchors alone.",
      Victim.COORDINATOR,
      Moment.coordinator(progress -> progress instanceof Progress.CandidateJoined)),
  COORDINATOR_KEYSET(
      "coordinator-dies-after-keyset",
      "The coordinator dies when every member has verified the key set: the members acknowledge"
          + " it to each other, and one of them leads.",
      Victim.COORDINATOR,
      Moment.everyMember(progress -> progress instanceof Progress.KeysetProposed)),
  SUCCEEDED_ANNOUNCEMENT(
      "successor-after-announcement",
      "The coordinator dies when somebody finds its announcement, which names a successor: that"
          + " forms the cohort and leads it.",
      Victim.COORDINATOR,
      Moment.member(progress -> progress instanceof Progress.AnnouncementChosen)),
  SUCCEEDED_FIRST_OPT_IN(
      "successor-after-first-opt-in",
      "The coordinator dies with one opt-in, and a successor that it named has them all: it forms"
          + " the cohort and leads it.",
      Victim.COORDINATOR,
      Moment.coordinator(progress -> progress instanceof Progress.CandidateJoined)),
  SUCCEEDED_KEYSET(
      "successor-after-keyset",
      "The coordinator dies when every member has verified the key set: a successor that it named"
          + " watches the acknowledgements, and leads.",
      Victim.COORDINATOR,
      Moment.everyMember(progress -> progress instanceof Progress.KeysetProposed)),
  COORDINATOR_FORMED(
      "coordinator-dies-after-formed",
      "The coordinator dies when all have acknowledged: a member opens the round and leads it.",
      Victim.COORDINATOR,
      Moment.coordinator(progress -> progress instanceof Progress.CohortFormed)),
  COORDINATOR_FUNDING(
      "coordinator-dies-after-funding",
      "The coordinator dies when the address is funded: the members list it, and one of them"
          + " leads.",
      Victim.COORDINATOR,
      Moment.coordinator(progress -> progress instanceof Progress.Funded)),
  COORDINATOR_LISTING(
      "coordinator-dies-after-listing",
      "The coordinator dies when every document lists the address: a member opens the round and"
          + " leads it.",
      Victim.COORDINATOR,
      Moment.all(Step.LISTED)),
  COORDINATOR_OPPORTUNITY(
      "coordinator-dies-after-opportunity",
      "The coordinator dies when a member takes its opportunity: the members respond to it, and"
          + " one of them proposes.",
      Victim.COORDINATOR,
      Moment.member(progress -> progress instanceof Progress.RoundOpened)),
  COORDINATOR_FIRST_RESPONSE(
      "coordinator-dies-after-first-response",
      "The coordinator dies with one response: the others respond, and a member proposes.",
      Victim.COORDINATOR,
      Moment.first(Step.RESPONDED)),
  COORDINATOR_ALL_RESPONSES(
      "coordinator-dies-after-all-responses",
      "The coordinator dies with all responses, before it proposes: a member proposes.",
      Victim.COORDINATOR,
      Moment.all(Step.RESPONDED)),
  COORDINATOR_PROPOSAL(
      "coordinator-dies-after-proposal",
      "The coordinator dies when a member is about to sign its proposal: the members exchange"
          + " their signatures and need no leader any more.",
      Victim.COORDINATOR,
      Moment.member(progress -> progress instanceof Progress.Claimed)),
  COORDINATOR_FIRST_SIGNATURE(
      "coordinator-dies-after-first-signature",
      "The coordinator dies with one partial signature: the members complete and broadcast"
          + " without it.",
      Victim.COORDINATOR,
      Moment.first(Step.SIGNED)),
  COORDINATOR_ALL_SIGNATURES(
      "coordinator-dies-after-all-signatures",
      "The coordinator dies with all partial signatures, before it broadcasts: a member"
          + " broadcasts.",
      Victim.COORDINATOR,
      Moment.all(Step.SIGNED)),
  MEMBER_OPT_IN(
      "member-vanishes-after-opt-in",
      "A member vanishes before the keys are fixed: a probe shows it, and the others form the"
          + " cohort; of two, the other uses its singleton.",
      Victim.MEMBER,
      new Moment(
          told ->
              told.byCoordinator()
                  && told.progress() instanceof Progress.CandidateJoined joined
                  && joined.dids().contains(told.victim()),
          false)),
  MEMBER_ACKNOWLEDGEMENT(
      "member-vanishes-after-acknowledgement",
      "A member vanishes before its document lists the address: all must sign, so the others"
          + " anchor alone.",
      Victim.MEMBER,
      Moment.ofVictim(Step.ACKNOWLEDGED)),
  MEMBER_LISTING(
      "member-vanishes-after-listing",
      "A member vanishes before it responds: the others wait for every leader in turn, then"
          + " anchor alone.",
      Victim.MEMBER,
      Moment.ofVictim(Step.LISTED)),
  MEMBER_RESPONSE(
      "member-vanishes-after-response",
      "A member vanishes before it sees a proposal: the others sign in vain, and anchor the same"
          + " bytes alone.",
      Victim.MEMBER,
      Moment.ofVictim(Step.RESPONDED)),
  MEMBER_LISTING_LEAF(
      "member-vanishes-after-listing-leaf",
      "A member vanishes before it responds, where all but one may sign without that one: the"
          + " cohort anchors the others.",
      Victim.MEMBER,
      Moment.ofVictim(Step.LISTED)),
  MEMBER_RESPONSE_LEAF(
      "member-vanishes-after-response-leaf",
      "A member vanishes before it sees a proposal, where all but one may sign without that one:"
          + " the cohort anchors the others.",
      Victim.MEMBER,
      Moment.ofVictim(Step.RESPONDED)),
  MEMBER_PROPOSAL(
      "member-vanishes-after-proposal",
      "A member vanishes between its checks and its signature: the others sign in vain, and anchor"
          + " the same bytes alone.",
      Victim.MEMBER,
      Moment.victim(progress -> progress instanceof Progress.Claimed)),
  MEMBER_SLOW(
      "member-answers-late",
      "A member needs longer for its response than the deadline gives: the leader extends it as the"
          + " terms allow, and the cohort anchors everybody.",
      Victim.PACE,
      Moment.victim(progress -> progress instanceof Progress.RoundOpened)),
  BAD_PARTIAL(
      "bad-partial",
      "A member gives a partial signature that does not verify: everybody sees whose it is, and"
          + " anchors the same bytes alone.",
      Victim.SIGNER,
      Moment.victim(progress -> progress instanceof Progress.Claimed)),
  BAD_PARTIAL_LEAF(
      "bad-partial-leaf",
      "A member gives a partial signature that does not verify, where all but one may sign without"
          + " that one: everybody sees whose it is, and the cohort anchors everybody.",
      Victim.SIGNER,
      Moment.victim(progress -> progress instanceof Progress.Claimed)),
  EQUIVOCATING_COORDINATOR(
      "equivocating-coordinator",
      "The coordinator shows two proposals under one number: everybody holds the proof, and anchors"
          + " alone.",
      Victim.WORD_OF_COORDINATOR,
      Moment.all(Step.RESPONDED)),
  EQUIVOCATING_MEMBER(
      "equivocating-member",
      "A member gives two responses under one number: the others hold the proof, and everybody"
          + " anchors alone.",
      Victim.WORD_OF_MEMBER,
      Moment.victim(progress -> progress instanceof Progress.RoundOpened)),
  MEMBER_SIGNATURE(
      "member-vanishes-after-signature",
      "A member vanishes when its signature is out: the cohort anchors everybody, the vanished"
          + " member too.",
      Victim.MEMBER,
      Moment.ofVictim(Step.SIGNED)),
  MEMBER_FINAL(
      "member-vanishes-after-final",
      "A member vanishes when the final signature is there: the cohort anchors everybody, the"
          + " vanished member too.",
      Victim.MEMBER,
      Moment.coordinator(progress -> progress instanceof Progress.Completed)),
  RELAY_ANNOUNCEMENT(
      "relay-dies-after-announcement",
      "One of two relays dies when somebody finds the announcement: everybody goes on over the"
          + " other.",
      Victim.ONE_RELAY,
      Moment.member(progress -> progress instanceof Progress.AnnouncementChosen)),
  RELAY_FORMED(
      "relay-dies-after-formed",
      "One of two relays dies when all have acknowledged: everybody goes on over the other.",
      Victim.ONE_RELAY,
      Moment.coordinator(progress -> progress instanceof Progress.CohortFormed)),
  RELAY_RESPONSE(
      "relay-dies-after-response",
      "One of two relays dies with the first response: everybody goes on over the other.",
      Victim.ONE_RELAY,
      Moment.first(Step.RESPONDED)),
  RELAYS_FORMED(
      "all-relays-die-after-formed",
      "Every relay dies when all have acknowledged: nobody hears anybody, and everybody anchors"
          + " alone.",
      Victim.EVERY_RELAY,
      Moment.coordinator(progress -> progress instanceof Progress.CohortFormed)),
  RELAYS_RESPONSE(
      "all-relays-die-after-response",
      "Every relay dies with the first response: nobody hears anybody, and everybody anchors alone"
          + " what it committed to.",
      Victim.EVERY_RELAY,
      Moment.first(Step.RESPONDED)),
  MEMBER_CUT_OFF(
      "member-cut-off",
      "A member that must be anchored soon loses its relay after its response: it anchors the same"
          + " bytes alone, and so do the others when they have waited for it.",
      Victim.RELAY_OF_A_MEMBER,
      Moment.ofVictim(Step.RESPONDED)),
  NO_COHORT(
      "no-cohort-in-time",
      "A seat stays empty until recruiting is over: no cohort forms, and everybody anchors alone.",
      Victim.SEAT,
      Moment.coordinator(progress -> progress instanceof Progress.Announced)),
  NOT_FUNDED(
      "address-not-funded",
      "Nobody funds the beacon address: everybody anchors alone.",
      Victim.FUNDING,
      Moment.coordinator(progress -> progress instanceof Progress.CohortFormed)),
  SUCCESSION(
      "succession",
      "One member leaves and one comes: the next cohort is formed, a round carries its address into"
          + " the documents, and the last round of the cohort pays it all there is.",
      Victim.COHORT,
      Moment.coordinator(progress -> progress instanceof Progress.SuccessorShown));

  private final String label;
  private final String sentence;
  private final Victim victim;

  // Predicates over what they are given, without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Moment moment;

  Fault(String label, String sentence, Victim victim, Moment moment) {
    this.label = label;
    this.sentence = sentence;
    this.victim = victim;
    this.moment = moment;
  }

  /** What {@code --fault} takes. */
  String label() {
    return label;
  }

  /** What happens, and what becomes of the members. */
  String sentence() {
    return sentence;
  }

  Victim victim() {
    return victim;
  }

  /** Whether all but one of the cohort may sign without that one (leaf A). */
  boolean leaf() {
    return switch (this) {
      case MEMBER_LISTING_LEAF, MEMBER_RESPONSE_LEAF, BAD_PARTIAL_LEAF -> true;
      default -> false;
    };
  }

  /** Whether the terms name a successor, which stands by. */
  boolean isSucceeded() {
    return switch (this) {
      case SUCCEEDED_ANNOUNCEMENT, SUCCEEDED_FIRST_OPT_IN, SUCCEEDED_KEYSET -> true;
      default -> false;
    };
  }

  Moment moment() {
    return moment;
  }

  /** The fault of that name. */
  static Optional<Fault> of(String label) {
    return Arrays.stream(values()).filter(fault -> fault.label.equals(label)).findFirst();
  }

  /** The name that needs the fewest letters changed. */
  static String closest(String label) {
    return Stream.of(values())
        .map(Fault::label)
        .min(Comparator.comparingInt(known -> distance(known, label)))
        .orElseThrow();
  }

  /** Letters to put in, leave out or replace (Levenshtein's distance). */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      before[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      int[] now = new int[other.length() + 1];
      now[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int replaced = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        now[column] =
            Math.min(before[column - 1] + replaced, Math.min(before[column], now[column - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
