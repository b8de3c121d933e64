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
 * @param terms what its terms say besides
 */
public record Plan(
    long seed,
    int members,
    int updates,
    boolean sealed,
    int rounds,
    DrawnTerms terms,
    List<Fault> faults) {
  /** Party number of the first named successor; members have those up to 6. */
  public static final int SUCCESSOR = 7;

  /** Moments when something happens: forming, funding, listing, the rounds. */
  private static final int[] BUSY = {0, 58, 118, 122, 178, 182};

  private static final StatementKind[] MUTE = {
    StatementKind.WELCOME, StatementKind.OPPORTUNITY, StatementKind.PROPOSAL, StatementKind.FINAL
  };

  private static final StatementKind[] MUTE_ON_LEAF = {
    StatementKind.BUNDLE, StatementKind.LEAF_REQUEST
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

  private static final StatementKind[] MUTE_MEMBER_ON_LEAF = {
    StatementKind.BUNDLE_ACK, StatementKind.LEAF_SIGNATURE
  };

  /** Copies the list. */
  public Plan {
    faults = List.copyOf(faults);
  }

  /** The plan of a seed. */
  public static Plan draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 2 + 1);
    DrawnTerms.Kind kind = DrawnTerms.Kind.draw(random);
    int members = kind.members(random);
    DrawnTerms terms = DrawnTerms.draw(random, kind, members);
    int updates = random.nextInt(1, 1 << members) << 1;
    boolean sealed = random.nextInt(4) == 0 && terms.nonces();
    int rounds = random.nextInt(4) == 0 ? 2 : 1;
    int many = random.nextInt(10);
    int count = many < 1 ? 0 : many < 5 ? 1 : many < 8 ? 2 : 3;
    // One party lies at most: what two of them can do together is what one can do with a partition.
    int liar = random.nextBoolean() ? 0 : 1 + random.nextInt(members);
    Plan sound = new Plan(seed, members, updates, sealed, rounds, terms, List.of());
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean missing = i == 0 && terms.isBelowAll(members) && random.nextBoolean();
      faults.add(missing ? sound.missing(random, liar) : sound.fault(random, liar));
    }
    return sound.with(faults);
  }

  /** Everybody as a set. */
  int everyone() {
    return ((1 << (members + 1)) - 1) | (((1 << terms.successors()) - 1) << SUCCESSOR);
  }

  /** Whether it has such a party. */
  boolean has(int party) {
    return Fault.in(everyone(), party);
  }

  private int anybody(SplittableRandom random) {
    int drawn = random.nextInt(members + 1 + terms.successors());
    return drawn <= members ? drawn : SUCCESSOR + drawn - members - 1;
  }

  /** Neither nobody nor everybody. */
  private int some(SplittableRandom random) {
    while (true) {
      int set = random.nextInt() & everyone();
      if (set != 0 && set != everyone()) {
        return set;
      }
    }
  }

  private Fault fault(SplittableRandom random, int liar) {
    int party = anybody(random);
    int member = 1 + random.nextInt(members);
    boolean leads = party == 0 || party >= SUCCESSOR;
    int set = random.nextInt(3) == 0 ? some(random) : everyone();
    Step step = random.nextInt(3) == 0 ? Step.SEND : Step.APPEND;
    When when = random.nextBoolean() ? When.BEFORE : When.AFTER;
    int at = BUSY[random.nextInt(BUSY.length)] + random.nextInt(8);
    int nth = 1 + random.nextInt(leads ? 12 + 10 * members : 20 + 10 * members);
    int step1 = 1 + random.nextInt(step == Step.SEND ? leads ? 12 : 9 : 40);
    int brief = 1 + random.nextInt(8);
    return switch (random.nextInt(46)) {
      case 0, 1 -> new Fault.Lost(party, nth, 1 + random.nextInt(2));
      case 2 -> new Fault.Repeated(party, nth, 1 + random.nextInt(20));
      case 3, 4 ->
          new Fault.Delayed(
              party, nth, 1 + random.nextInt(5), random.nextInt(3) == 0 ? 10 * brief : brief);
      case 5 -> new Fault.Reversed(party, nth, 2 + random.nextInt(5));
      case 6, 7 -> new Fault.Forgotten(party, at, random.nextInt(3) == 0 ? 20 * brief : brief);
      case 8, 9 -> new Fault.Partition(some(random), at, random.nextBoolean() ? 30 * brief : brief);
      case 10, 11, 12, 13, 14, 15, 16 ->
          new Fault.Crash(party, step, step1, when, random.nextInt(3) == 0 ? 20 * brief : brief);
      case 17, 18, 19 -> new Fault.Stop(random.nextBoolean() ? 0 : party, step, step1, when);
      case 20 -> new Fault.Outage(at, random.nextInt(3) == 0 ? 15 * brief : brief);
      case 21 -> new Fault.Stalled(at, 60 * brief);
      case 22 -> new Fault.Refused(at, 20 * brief);
      case 23 -> new Fault.Reorg(at, 1 + random.nextInt(2));
      case 24 -> new Fault.Jump(member, at, brief * 10);
      case 25, 26, 27, 28 -> new Fault.Lying(liar, lie(random, liar), set);
      case 29, 30 -> new Fault.Equivocating(liar, lie(random, liar), set);
      case 31 -> new Fault.Silent(liar, silence(random, liar));
      case 32 -> new Fault.Replaying(at);
      case 33 -> new Fault.Flooding(1 + random.nextInt(members), at, brief * 5);
      case 34, 35 -> {
        StatementKind after = MOVES[random.nextInt(MOVES.length)];
        yield random.nextBoolean() ? new Fault.Swapping(after) : new Fault.Reproposing(after);
      }
      case 36, 37 -> new Fault.Twin(member, at, random.nextBoolean());
      case 38, 39 -> new Fault.PutBack(party, at, 10 + random.nextInt(90));
      case 40 -> new Fault.Withheld(member, anybody(random), at, 20 * brief);
      case 41 ->
          terms.successors() > 0
              ? new Fault.Late(
                  SUCCESSOR + random.nextInt(terms.successors()),
                  random.nextBoolean() ? brief : 60 * brief)
              : new Fault.Withheld(member, anybody(random), at, 20 * brief);
      case 42, 43, 44 -> missing(random, liar);
      default ->
          terms.isBelowAll(members)
              ? new Fault.LeavingOut(random.nextInt(4) == 0)
              : new Fault.Stop(
                  terms.successors() > 0 ? SUCCESSOR + terms.successors() - 1 : 0,
                  step,
                  step1,
                  when);
    };
  }

  /** What leaf A is for: a member goes within a round, or signs badly. */
  private Fault missing(SplittableRandom random, int liar) {
    int member = liar == 0 ? 1 + random.nextInt(members) : liar;
    int step = 8 + 2 * members + random.nextInt(6 + 2 * members);
    When when = random.nextBoolean() ? When.BEFORE : When.AFTER;
    return switch (random.nextInt(liar == 0 ? 4 : 7)) {
      case 0, 1, 2 -> new Fault.Stop(member, Step.APPEND, step, when);
      case 3 -> new Fault.Crash(member, Step.APPEND, step, when, 60 + random.nextInt(240));
      case 4 -> new Fault.Silent(member, silence(random, member));
      default -> new Fault.Lying(member, Lie.BAD_PARTIAL, everyone());
    };
  }

  private StatementKind silence(SplittableRandom random, int liar) {
    boolean onLeaf = terms.leaf() > 0 && random.nextInt(3) == 0;
    StatementKind[] kinds =
        liar == 0 ? onLeaf ? MUTE_ON_LEAF : MUTE : onLeaf ? MUTE_MEMBER_ON_LEAF : MUTE_MEMBER;
    return kinds[random.nextInt(kinds.length)];
  }

  private Lie lie(SplittableRandom random, int liar) {
    if (liar == 0 && random.nextInt(16) == 0) {
      return Lie.ADDRESS;
    }
    boolean onLeaf = terms.leaf() > 0 && random.nextInt(3) == 0;
    List<Lie> lies =
        liar == 0
            ? onLeaf ? Lie.OF_LEADERS_ON_LEAF : Lie.OF_LEADERS
            : onLeaf ? Lie.OF_MEMBERS_ON_LEAF : Lie.OF_MEMBERS;
    return lies.get(random.nextInt(lies.size()));
  }

  /** The same with other faults. */
  public Plan with(List<Fault> others) {
    return new Plan(seed, members, updates, sealed, rounds, terms, others);
  }

  /** The same with other terms. */
  public Plan with(DrawnTerms others) {
    return new Plan(seed, members, updates, sealed, rounds, others, faults);
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
        + terms.script();
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
        DrawnTerms.read(List.of(part).subList(4, part.length)),
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
