package org.beaconcohort.cohort.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Seen;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** What a party has heard, as a statement; and what to say again to one that heard less. */
public final class Syncs {
  /** Most statements said again because of one {@link Sync}. */
  public static final int MOST_ANSWERS = 256;

  /** Most ids in one {@link Sync}, whoever made so many gaps: with them it is below 1 MiB. */
  static final int MOST_IDS = 4_096;

  private record Author(Bytes author, Bytes instance) {}

  private Syncs() {}

  /**
   * All that is in {@code said}: per process from the lowest number on what is there without a gap,
   * and the ids of what is there beyond the first, as many as have room. What is left out is said
   * again though it is here.
   */
  public static Sync of(StatementSet said) {
    Map<Author, List<SignedStatement>> processes =
        new TreeMap<>(Comparator.comparing(Author::author).thenComparing(Author::instance));
    for (SignedStatement each : said.all()) {
      processes
          .computeIfAbsent(
              new Author(each.author(), each.header().instance()), unused -> new ArrayList<>())
          .add(each);
    }
    List<Seen> seen = new ArrayList<>();
    int ids = 0;
    for (Map.Entry<Author, List<SignedStatement>> each : processes.entrySet()) {
      if (seen.size() < Sync.MOST) {
        int most = Math.min(Seen.MOST_BEYOND, MOST_IDS - ids);
        seen.add(seen(each.getKey(), each.getValue(), most));
        ids += seen.getLast().beyond().size();
      }
    }
    return new Sync(seen);
  }

  /**
   * The next one of {@code author}, which has heard {@code said}; nothing once the quota of the
   * round is used up.
   *
   * @param roundId 32 bytes, or empty outside of a round
   */
  public static Optional<Sync> next(StatementSet said, Bytes author, Bytes roundId) {
    long made =
        said.of(StatementKind.SYNC, author).stream()
            .filter(each -> each.header().roundId().equals(roundId))
            .count();
    return made < StatementKind.SYNC.quota() ? Optional.of(of(said)) : Optional.empty();
  }

  /** Id of the last one among own statements in their order, 32 bytes, or empty. */
  public static Bytes last(List<SignedStatement> made) {
    return made.stream()
        .filter(each -> each.body() instanceof Sync)
        .reduce((earlier, later) -> later)
        .map(SignedStatement::id)
        .orElse(Bytes.EMPTY);
  }

  private static Seen seen(Author process, List<SignedStatement> statements, int most) {
    statements.sort(
        Comparator.<SignedStatement>comparingLong(said -> said.header().seq())
            .thenComparing(SignedStatement::id));
    long from = statements.getFirst().header().seq();
    long to = from;
    List<Bytes> beyond = new ArrayList<>();
    for (SignedStatement each : statements) {
      long seq = each.header().seq();
      if (seq == to + 1) {
        to = seq;
      } else if (seq > to + 1 && beyond.size() < most) {
        beyond.add(each.id());
      }
    }
    return new Seen(process.author(), process.instance(), from, to, beyond);
  }

  /** Whether a statement is not among what was heard of its process, or nothing of that was. */
  private static boolean lacks(@Nullable Seen seen, SignedStatement said) {
    if (seen == null) {
      return true;
    }
    long seq = said.header().seq();
    boolean within = seen.from() <= seq && seq <= seen.to();
    return !within && !seen.beyond().contains(said.id());
  }

  /**
   * Says again, each after a random while unless another did, what the author of {@code sync}
   * lacks: the same statements in new outer events.
   *
   * @param author of the sync, whose own words it must find itself (N19)
   * @param round whose channel is listened to besides that of formation
   * @param within how long that while may be
   */
  public static List<Effect> answer(
      ChannelKey channel, StatementSet said, int round, Bytes author, Sync sync, Duration within) {
    Map<Author, Seen> heard = new HashMap<>();
    sync.seen()
        .forEach(each -> heard.putIfAbsent(new Author(each.author(), each.instance()), each));
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement each : said.all()) {
      OptionalInt number = channelOf(said, each);
      if (number.isPresent()
          && (number.getAsInt() == 0 || number.getAsInt() == round)
          && !each.author().equals(author)
          && lacks(heard.get(new Author(each.author(), each.header().instance())), each)
          && effects.size() < MOST_ANSWERS) {
        effects.add(
            new Effect.Repost(each, new Recipient.Channel(channel, number.getAsInt()), within));
      }
    }
    return effects;
  }

  /** The round of the channel that carries a statement; none if no channel does. */
  private static OptionalInt channelOf(StatementSet said, SignedStatement statement) {
    return switch (statement.body().kind()) {
      case ANNOUNCEMENT, OPT_IN_REFUSED, WELCOME, SYNC -> OptionalInt.empty();
      case OPT_IN, KEYSET_PROPOSAL, KEYSET_ACK -> OptionalInt.of(0);
      case ROUND_REQUEST ->
          statement.body() instanceof RoundRequest request
              ? OptionalInt.of(request.number())
              : OptionalInt.empty();
      default -> roundOf(said, statement.header().roundId());
    };
  }

  private static OptionalInt roundOf(StatementSet said, Bytes roundId) {
    for (SignedStatement each : said.of(StatementKind.OPPORTUNITY)) {
      if (each.header().roundId().equals(roundId)
          && each.body() instanceof Opportunity opportunity) {
        return OptionalInt.of(opportunity.number());
      }
    }
    return OptionalInt.empty();
  }
}
