package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.beaconcohort.cohort.message.StatementKind;

/**
 * One thing that goes wrong. A party is 0 for the coordinator, i for the i-th member, 6 and 7 for
 * named successors; a set of parties has bit i for party i. Times are seconds since the coordinator
 * began, counts are from 1.
 */
public sealed interface Fault {
  /** Whether what a crash or a stop counts is appends of the journal or sendings. */
  enum Step {
    /** Appends of the journal. */
    APPEND,
    /** Statements and transactions sent. */
    SEND
  }

  /** Before or after the step that it is about. */
  enum When {
    /** Nothing was kept or sent. */
    BEFORE,
    /** All was kept or sent, nothing else was done. */
    AFTER
  }

  /** What reaches a party as its {@code first}-th statement, and so many after it, is lost. */
  record Lost(int party, int first, int count) implements Fault {}

  /** What reaches a party then comes four times. */
  record Repeated(int party, int first, int count) implements Fault {}

  /** What reaches a party then comes so much later. */
  record Delayed(int party, int first, int count, int seconds) implements Fault {}

  /** What reaches a party then comes in the opposite order, a second apart. */
  record Reversed(int party, int first, int count) implements Fault {}

  /** Relays that a party asks for its own statements give nothing out for a while (N19). */
  record Forgotten(int party, int at, int seconds) implements Fault {}

  /**
   * Relays that a party asks for everybody's statements give out none of one author for a while.
   */
  record Withheld(int party, int author, int at, int seconds) implements Fault {}

  /** A party's process begins only so long after the coordinator's. */
  record Late(int party, int seconds) implements Fault {}

  /** What parties of the set and the others say reaches the other side only when it is over. */
  record Partition(int set, int at, int seconds) implements Fault {}

  /** A process ends at a step and another one begins later. */
  record Crash(int party, Step step, int count, When when, int down) implements Fault {}

  /** A process ends at a step, and no other begins. */
  record Stop(int party, Step step, int count, When when) implements Fault {}

  /** Nobody's chain source answers for a while. */
  record Outage(int at, int seconds) implements Fault {}

  /** No block is found for a while. */
  record Stalled(int at, int seconds) implements Fault {}

  /** No transaction is taken for a while. */
  record Refused(int at, int seconds) implements Fault {}

  /** The newest blocks are replaced by empty ones. */
  record Reorg(int at, int blocks) implements Fault {}

  /** Wall clock and monotonic clock of a member go apart. */
  record Jump(int party, int at, int seconds) implements Fault {}

  /** A party says something else to those in the set; to them that is all it says in its place. */
  record Lying(int party, Lie lie, int set) implements Fault {}

  /** A party says two things under one number, the other one to those in the set. */
  record Equivocating(int party, Lie lie, int set) implements Fault {}

  /** A party is not heard any more from its first statement of a kind on. */
  record Silent(int party, StatementKind kind) implements Fault {}

  /** A member publishes everything again that anybody has said. */
  record Replaying(int at) implements Fault {}

  /** A member says things that nobody asked for, well-formed and useless. */
  record Flooding(int party, int at, int count) implements Fault {}

  /**
   * After the first statement of a kind the coordinator opens the round again over another
   * transaction, and proposes it as soon as everyone has answered.
   */
  record Swapping(StatementKind after) implements Fault {}

  /** After that it asks for signatures over another transcript with the nonces there are. */
  record Reproposing(StatementKind after) implements Fault {}

  /**
   * After the first response the coordinator stops, and asks for leaf A without a member that has
   * answered; or, {@code early}, before k have.
   */
  record LeavingOut(boolean early) implements Fault {}

  /** Another process with a member's keys begins; with its journal so far, or an empty one. */
  record Twin(int party, int at, boolean copied) implements Fault {}

  /** A party's journal is put back to the first {@code percent} of its facts. */
  record PutBack(int party, int at, int percent) implements Fault {}

  /** Its name in scripts. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /** One word of a script, which {@link #read} reads. */
  default String script() {
    return switch (this) {
      case Lost it -> join(it.party, it.first, it.count);
      case Repeated it -> join(it.party, it.first, it.count);
      case Delayed it -> join(it.party, it.first, it.count, it.seconds);
      case Reversed it -> join(it.party, it.first, it.count);
      case Forgotten it -> join(it.party, it.at, it.seconds);
      case Withheld it -> join(it.party, it.author, it.at, it.seconds);
      case Late it -> join(it.party, it.seconds);
      case Partition it -> join(it.set, it.at, it.seconds);
      case Crash it -> join(it.party, it.step, it.count, it.when, it.down);
      case Stop it -> join(it.party, it.step, it.count, it.when);
      case Outage it -> join(it.at, it.seconds);
      case Stalled it -> join(it.at, it.seconds);
      case Refused it -> join(it.at, it.seconds);
      case Reorg it -> join(it.at, it.blocks);
      case Jump it -> join(it.party, it.at, it.seconds);
      case Lying it -> join(it.party, it.lie, it.set);
      case Equivocating it -> join(it.party, it.lie, it.set);
      case Silent it -> join(it.party, it.kind);
      case Replaying it -> join(it.at);
      case Flooding it -> join(it.party, it.at, it.count);
      case Swapping it -> join(it.after);
      case Reproposing it -> join(it.after);
      case LeavingOut it -> join(it.early);
      case Twin it -> join(it.party, it.at, it.copied);
      case PutBack it -> join(it.party, it.at, it.percent);
    };
  }

  /** The parties that it is about. */
  default IntStream parties() {
    return switch (this) {
      case Lost it -> IntStream.of(it.party);
      case Repeated it -> IntStream.of(it.party);
      case Delayed it -> IntStream.of(it.party);
      case Reversed it -> IntStream.of(it.party);
      case Forgotten it -> IntStream.of(it.party);
      case Withheld it -> IntStream.of(it.party, it.author);
      case Late it -> IntStream.of(it.party);
      case Crash it -> IntStream.of(it.party);
      case Stop it -> IntStream.of(it.party);
      case Jump it -> IntStream.of(it.party);
      case Lying it -> IntStream.of(it.party);
      case Equivocating it -> IntStream.of(it.party);
      case Silent it -> IntStream.of(it.party);
      case Flooding it -> IntStream.of(it.party);
      case Twin it -> IntStream.of(it.party);
      case PutBack it -> IntStream.of(it.party);
      case Partition it -> IntStream.empty();
      case Outage it -> IntStream.empty();
      case Stalled it -> IntStream.empty();
      case Refused it -> IntStream.empty();
      case Reorg it -> IntStream.empty();
      case Replaying it -> IntStream.empty();
      case Swapping it -> IntStream.of(0);
      case Reproposing it -> IntStream.of(0);
      case LeavingOut it -> IntStream.of(0);
    };
  }

  private String join(Object... parts) {
    StringJoiner joined = new StringJoiner(":");
    joined.add(name());
    for (Object part : parts) {
      joined.add(String.valueOf(part));
    }
    return joined.toString();
  }

  /** The faults of a script, joined by commas. */
  static List<Fault> read(String script) {
    List<Fault> faults = new ArrayList<>();
    for (String word : script.split(",", -1)) {
      if (!word.isBlank()) {
        faults.add(readOne(word.strip()));
      }
    }
    return List.copyOf(faults);
  }

  private static Fault readOne(String word) {
    String[] part = word.split(":", -1);
    return switch (part[0]) {
      case "lost" -> new Lost(number(part, 1), number(part, 2), number(part, 3));
      case "repeated" -> new Repeated(number(part, 1), number(part, 2), number(part, 3));
      case "delayed" ->
          new Delayed(number(part, 1), number(part, 2), number(part, 3), number(part, 4));
      case "reversed" -> new Reversed(number(part, 1), number(part, 2), number(part, 3));
      case "forgotten" -> new Forgotten(number(part, 1), number(part, 2), number(part, 3));
      case "withheld" ->
          new Withheld(number(part, 1), number(part, 2), number(part, 3), number(part, 4));
      case "late" -> new Late(number(part, 1), number(part, 2));
      case "leavingout" -> new LeavingOut(Boolean.parseBoolean(part[1]));
      case "partition" -> new Partition(number(part, 1), number(part, 2), number(part, 3));
      case "crash" ->
          new Crash(
              number(part, 1),
              Step.valueOf(part[2]),
              number(part, 3),
              When.valueOf(part[4]),
              number(part, 5));
      case "stop" ->
          new Stop(number(part, 1), Step.valueOf(part[2]), number(part, 3), When.valueOf(part[4]));
      case "outage" -> new Outage(number(part, 1), number(part, 2));
      case "stalled" -> new Stalled(number(part, 1), number(part, 2));
      case "refused" -> new Refused(number(part, 1), number(part, 2));
      case "reorg" -> new Reorg(number(part, 1), number(part, 2));
      case "jump" -> new Jump(number(part, 1), number(part, 2), number(part, 3));
      case "lying" -> new Lying(number(part, 1), Lie.valueOf(part[2]), number(part, 3));
      case "equivocating" ->
          new Equivocating(number(part, 1), Lie.valueOf(part[2]), number(part, 3));
      case "silent" -> new Silent(number(part, 1), StatementKind.valueOf(part[2]));
      case "replaying" -> new Replaying(number(part, 1));
      case "flooding" -> new Flooding(number(part, 1), number(part, 2), number(part, 3));
      case "swapping" -> new Swapping(StatementKind.valueOf(part[1]));
      case "reproposing" -> new Reproposing(StatementKind.valueOf(part[1]));
      case "twin" -> new Twin(number(part, 1), number(part, 2), Boolean.parseBoolean(part[3]));
      case "putback" -> new PutBack(number(part, 1), number(part, 2), number(part, 3));
      default -> throw new IllegalArgumentException("fault must be a known one, got " + word);
    };
  }

  private static int number(String[] part, int at) {
    return Integer.parseInt(part[at]);
  }

  /** Whether a party is in a set. */
  static boolean in(int set, int party) {
    return (set >> party & 1) == 1;
  }
}
