package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.exploration.Fault.Step;
import org.beaconcohort.cohort.exploration.Fault.When;
import org.beaconcohort.cohort.message.StatementKind;

/**
 * A cohort and what goes wrong in it. The same plan runs in the same way every time.
 *
 * @param seed of everything that is random in the simulation: keys, delays, order
 * @param members 2 to 5
 * @param updates set of members (party numbers) that have an update
 * @param sealed whether nonces are sealed (R9)
 * @param rounds 1 or 2
 * @param leaf whether all but one may sign without that one (leaf A)
 */
public record Plan(
    long seed,
    int members,
    int updates,
    boolean sealed,
    int rounds,
    boolean leaf,
    List<Fault> faults) {
  /** Moments when something happens: forming, funding, listing, the rounds. */
  private static final int[] BUSY = {0, 58, 118, 122, 178, 182};

  private static final StatementKind[] MUTE = {
    StatementKind.WELCOME, StatementKind.OPPORTUNITY, StatementKind.PROPOSAL, StatementKind.FINAL
  };

  private static final StatementKind[] MOVES = {
    StatementKind.OPPORTUNITY,
    StatementKind.RESPONSE,
    StatementKind.PROPOSAL,
    StatementKind.PARTIAL_SIGNATURE
  };

  private static final StatementKind[] MUTE_MEMBER = {
    StatementKind.KEYSET_ACK,
    StatementKind.ROUND_REQUEST,
    StatementKind.RESPONSE,
    StatementKind.PARTIAL_SIGNATURE
  };

  /** Copies the list. */
  public Plan {
    faults = List.copyOf(faults);
  }

  /** The plan of a seed. */
  public static Plan draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 2 + 1);
    int size = random.nextInt(20);
    int members = size < 12 ? 2 : size < 18 ? 3 : size < 19 ? 4 : 5;
    int updates = random.nextInt(1, 1 << members) << 1;
    boolean sealed = random.nextInt(4) == 0;
    int rounds = random.nextInt(4) == 0 ? 2 : 1;
    int many = random.nextInt(10);
    int count = many < 1 ? 0 : many < 5 ? 1 : many < 8 ? 2 : 3;
    List<Fault> faults = new ArrayList<>();
    // One party lies at most: what two of them can do together is what one can do with a partition.
    int liar = random.nextBoolean() ? 0 : 1 + random.nextInt(members);
    for (int i = 0; i < count; i++) {
      faults.add(fault(random, members, liar));
    }
    boolean leaf = members > 2 && !sealed && seed % 2 == 1;
    return new Plan(seed, members, updates, sealed, rounds, leaf, faults);
  }

  private static Fault fault(SplittableRandom random, int members, int liar) {
    int party = random.nextInt(members + 1);
    int member = 1 + random.nextInt(members);
    int set = random.nextInt(3) == 0 ? 1 + random.nextInt((1 << (members + 1)) - 1) : -1;
    Step step = random.nextInt(3) == 0 ? Step.SEND : Step.APPEND;
    When when = random.nextBoolean() ? When.BEFORE : When.AFTER;
    int at = BUSY[random.nextInt(BUSY.length)] + random.nextInt(8);
    int nth = 1 + random.nextInt(party == 0 ? 12 + 10 * members : 20 + 10 * members);
    int step1 = 1 + random.nextInt(step == Step.SEND ? party == 0 ? 12 : 9 : 40);
    int brief = 1 + random.nextInt(8);
    return switch (random.nextInt(40)) {
      case 0, 1 -> new Fault.Lost(party, nth, 1 + random.nextInt(2));
      case 2 -> new Fault.Repeated(party, nth, 1 + random.nextInt(20));
      case 3, 4 ->
          new Fault.Delayed(
              party, nth, 1 + random.nextInt(5), random.nextInt(3) == 0 ? 10 * brief : brief);
      case 5 -> new Fault.Reversed(party, nth, 2 + random.nextInt(5));
      case 6, 7 -> new Fault.Forgotten(member, at, random.nextInt(3) == 0 ? 20 * brief : brief);
      case 8, 9 ->
          new Fault.Partition(
              1 + random.nextInt((1 << (members + 1)) - 2),
              at,
              random.nextInt(2) == 0 ? 30 * brief : brief);
      case 10, 11, 12, 13, 14, 15, 16 ->
          new Fault.Crash(party, step, step1, when, random.nextInt(3) == 0 ? 20 * brief : brief);
      case 17, 18, 19 -> new Fault.Stop(random.nextBoolean() ? 0 : party, step, step1, when);
      case 20 -> new Fault.Outage(at, random.nextInt(3) == 0 ? 15 * brief : brief);
      case 21 -> new Fault.Stalled(at, 60 * brief);
      case 22 -> new Fault.Refused(at, 20 * brief);
      case 23 -> new Fault.Reorg(at, 1 + random.nextInt(2));
      case 24 -> new Fault.Jump(member, at, brief * 10);
      case 25, 26, 27, 28 ->
          new Fault.Lying(liar, lie(random, liar), set == -1 ? (1 << (members + 1)) - 1 : set);
      case 29, 30 ->
          new Fault.Equivocating(
              liar, lie(random, liar), set == -1 ? (1 << (members + 1)) - 1 : set);
      case 31 ->
          new Fault.Silent(
              liar, liar == 0 ? MUTE[random.nextInt(4)] : MUTE_MEMBER[random.nextInt(4)]);
      case 32 -> new Fault.Replaying(at);
      case 33 -> new Fault.Flooding(1 + random.nextInt(members), at, brief * 5);
      case 34, 35 -> {
        StatementKind after = MOVES[random.nextInt(MOVES.length)];
        yield random.nextBoolean() ? new Fault.Swapping(after) : new Fault.Reproposing(after);
      }
      case 36, 37 -> new Fault.Twin(member, at, random.nextBoolean());
      default -> new Fault.PutBack(party, at, 10 + random.nextInt(90));
    };
  }

  private static Lie lie(SplittableRandom random, int liar) {
    if (liar == 0 && random.nextInt(16) == 0) {
      return Lie.ADDRESS;
    }
    List<Lie> lies = liar == 0 ? Lie.OF_LEADERS : Lie.OF_MEMBERS;
    return lies.get(random.nextInt(lies.size()));
  }

  /** The same with other faults. */
  public Plan with(List<Fault> others) {
    return new Plan(seed, members, updates, sealed, rounds, leaf, others);
  }

  /** The cohort as one word, which {@link #read} reads. */
  public String cohort() {
    return members
        + ":"
        + updates
        + ":"
        + (sealed ? "sealed" : "memory")
        + ":"
        + rounds
        + (leaf ? ":leaf" : "");
  }

  /** The faults as one word. */
  public String script() {
    return String.join(",", faults.stream().map(Fault::script).toList());
  }

  /** The plan of a seed, where {@code cohort} and {@code faults} are not as it draws them. */
  public static Plan read(long seed, String cohort, String faults) {
    String[] part = cohort.split(":", -1);
    return new Plan(
        seed,
        Integer.parseInt(part[0]),
        Integer.parseInt(part[1]),
        part[2].equals("sealed"),
        Integer.parseInt(part[3]),
        part.length > 4 && part[4].equals("leaf"),
        Fault.read(faults));
  }

  /** The command that plays it again. */
  public String command() {
    return "mvn -o -pl cohort -am test -Dtest=ExplorationTest -Dsurefire.failIfNoSpecifiedTests=false"
        + " -Dexplore.seed="
        + seed
        + " -Dexplore.cohort="
        + cohort()
        + " -Dexplore.faults="
        + script();
  }
}
