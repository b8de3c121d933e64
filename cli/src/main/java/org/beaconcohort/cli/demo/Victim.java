package org.beaconcohort.cli.demo;

/** What a fault takes away. */
enum Victim {
  /** The coordinator's process ends, for good. */
  COORDINATOR("the coordinator is dead"),
  /** One member's process ends, for good. */
  MEMBER("a member is gone for good"),
  /** Of two relays that everybody uses, one goes. */
  ONE_RELAY("one of two relays is gone"),
  /** Both relays go. */
  EVERY_RELAY("every relay is gone"),
  /** The only relay that one member uses goes; the others have another. */
  RELAY_OF_A_MEMBER("a member is cut off from everybody, the others have another relay"),
  /** What one member's partial signatures are worth. */
  SIGNER("a member signs wrongly from here on"),
  /** How long one member takes for its answers. */
  PACE("a member needs longer than its deadline gives"),
  /** What the coordinator's word is worth. */
  WORD_OF_COORDINATOR("the coordinator says two things under one number"),
  /** What one member's word is worth. */
  WORD_OF_MEMBER("a member says two things under one number"),
  /** There is a seat more than members who come. */
  SEAT("nobody comes for the last seat"),
  /** The cohort itself: another takes its place. */
  COHORT("the next cohort is there, and the present one learns of it"),
  /** Nobody pays the beacon address. */
  FUNDING("nobody funds the beacon address");

  private final String struck;

  Victim(String struck) {
    this.struck = struck;
  }

  /** What has just happened, in words. */
  String struck() {
    return struck;
  }
}
