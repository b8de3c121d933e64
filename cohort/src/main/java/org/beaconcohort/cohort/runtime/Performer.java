package org.beaconcohort.cohort.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.ChainBackend.BroadcastResult;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Turns effects into calls on ports and their answers into inputs. Signing is done where it is
 * called; everything that may block runs by the scheduler, and is tried again while the port's
 * failure is temporary. Answers may come from any thread.
 */
public final class Performer implements Consumer<Effect> {
  /** What a performer tells besides inputs. */
  public interface Listener {
    /** The machine ended. */
    void ended(Outcome outcome);

    /** A port failed; the call is repeated while {@link PortFailure#temporary()}. */
    void failed(String what, PortFailure failure);
  }

  /** Longest pause between two readings of own statements. */
  private static final Duration READ_BACK = Duration.ofSeconds(1);

  private record Subscription(ChannelKey key, int round) {}

  private final Ports ports;
  private final @Nullable MemberWork member;
  private final Consumer<Input> answers;
  private final Listener listener;
  private final Author author;
  private final Set<Subscription> subscriptions = new HashSet<>();
  private final Set<Bytes> lookedFor = new HashSet<>();
  private final Map<Bytes, Effect.Repost> reposts = Collections.synchronizedMap(new HashMap<>());
  private volatile Effect.@Nullable ReadBack readBack;
  private volatile boolean stopped;

  private Performer(
      Ports ports, @Nullable MemberPorts member, Consumer<Input> answers, Listener listener) {
    this.ports = ports;
    this.answers = answers;
    this.listener = listener;
    this.author = new Author(ports.notary(), ports.instance());
    this.member = member == null ? null : new MemberWork(ports, member);
  }

  /** A performer for a party without a cohort key. */
  public static Performer forCoordinator(Ports ports, Consumer<Input> answers, Listener listener) {
    return new Performer(ports, null, answers, listener);
  }

  /** A performer for a member. */
  public static Performer forMember(
      Ports ports, MemberPorts member, Consumer<Input> answers, Listener listener) {
    return new Performer(ports, member, answers, listener);
  }

  /** Begins to receive what is directed to this party's inbox key. */
  public void listenToInbox() {
    ports.transport().listenToInbox(said -> answers.accept(new Input.Heard(said)));
  }

  /** Begins to receive announcements; empty arguments mean any. */
  public void listenToAnnouncements(Bytes coordinator, String identifier) {
    ports
        .transport()
        .listenToAnnouncements(
            coordinator, identifier, said -> answers.accept(new Input.Heard(said)));
  }

  /** Stops repeating anything. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void accept(Effect effect) {
    switch (effect) {
      case Effect.Say say -> answers.accept(new Input.Said(author.say(say), say.recipient()));
      case Effect.Send send -> {
        author.checkOwn(send.statement());
        guarded(
            "publishing " + send.statement().body().kind(),
            () -> ports.transport().publish(send.statement(), send.recipient()));
      }
      case Effect.Repost repost -> repost(repost);
      case Effect.Listen listen -> listen(listen);
      case Effect.DrawChannelKey draw -> drawChannelKey();
      case Effect.AwaitFunding await ->
          poll("looking for funding", () -> ChainWork.funding(ports.chain(), await));
      case Effect.Broadcast broadcast -> broadcast(broadcast.transaction());
      case Effect.LookFor look -> lookFor(look);
      case Effect.AwaitConfirmation await ->
          poll("looking for the confirmation", () -> ChainWork.confirmation(ports.chain(), await));
      case Effect.Report report -> {
        readBack = null;
        listener.ended(report.outcome());
      }
      case Effect.PrepareOptIn prepare ->
          poll("preparing the opt-in", () -> Optional.of(member().optIn(prepare)));
      case Effect.ListAddress list -> poll("listing the address", () -> member().list(list));
      case Effect.CarrySuccessor carry ->
          guarded("telling the controller of the next cohort", () -> member().carry(carry));
      case Effect.AskListed ask ->
          poll("asking for the next cohort's address", () -> Optional.of(member().isListed(ask)));
      case Effect.TakeSurvey survey ->
          poll("asking own sources", () -> Optional.of(member().survey(survey)));
      case Effect.OfferAlone offer ->
          poll(
              "asking for own updates",
              () -> Optional.of(member().offerAlone()),
              Input.CannotAnchorAlone::new);
      case Effect.AnchorAlone alone ->
          poll(
              "anchoring own updates alone",
              () -> member().anchorAlone(alone),
              Input.CannotAnchorAlone::new);
      case Effect.NewNonce nonce -> answers.accept(member().open(nonce));
      case Effect.Sign sign -> answers.accept(member().sign(sign));
      case Effect.SignLeaf sign ->
          poll("signing by leaf A", () -> Optional.of(member().signLeaf(sign)));
      case Effect.ReadBack ask -> readBack(ask);
      case Effect.HaltSigning halt -> guarded("erasing nonces", () -> member().halt());
      case Effect.DestroyNonces destroy ->
          guarded("erasing nonces", () -> member().destroy(destroy.roundId()));
    }
  }

  private MemberWork member() {
    if (member == null) {
      throw new IllegalStateException("a coordinator holds no cohort key and no DIDs");
    }
    return member;
  }

  /** Whoever is first spares all others the same. */
  private void repost(Effect.Repost repost) {
    Bytes id = repost.statement().id();
    if (reposts.put(id, repost) != null) {
      return;
    }
    long most = Math.max(1, repost.within().toMillis());
    ports
        .scheduler()
        .after(
            Duration.ofMillis(Math.floorMod(ports.random().nextLong(), most)),
            () -> {
              if (reposts.remove(id) != null && !stopped) {
                guarded(
                    "publishing " + repost.statement().body().kind() + " again",
                    () -> ports.transport().publish(repost.statement(), repost.recipient()));
              }
            });
  }

  private void heard(SignedStatement said) {
    reposts.remove(said.id());
    answers.accept(new Input.Heard(said));
  }

  private void listen(Effect.Listen listen) {
    if (subscriptions.isEmpty()) {
      ports.transport().listenToRepeats(reposts::remove);
    }
    if (subscriptions.add(new Subscription(listen.key(), listen.round()))) {
      ports.transport().listenToChannel(listen.key(), listen.round(), this::heard);
    }
  }

  /**
   * What cannot be done now is done again by a resume, or is undone in memory already, as an erased
   * nonce is; the other effects go on.
   */
  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (PortFailure failure) {
      listener.failed(what, failure);
    } catch (RuntimeException unexpected) {
      listener.failed(what, unexpected(what, unexpected));
    }
  }

  private static PortFailure unexpected(String what, RuntimeException cause) {
    return new PortFailure(what + " failed unexpectedly: " + cause, false, cause);
  }

  /** The newest question alone is asked, again and again until it is answered. */
  private void readBack(Effect.ReadBack ask) {
    readBack = ask;
    readBack(ask, Duration.ZERO);
  }

  private void readBack(Effect.ReadBack ask, Duration delay) {
    ports
        .scheduler()
        .after(
            delay,
            () -> {
              if (!stopped && ask.equals(readBack)) {
                ports
                    .transport()
                    .readBack(
                        ask.key(),
                        ask.round() == 0 ? List.of(0) : List.of(0, ask.round()),
                        ask.author(),
                        found -> readBack(ask, found));
              }
            });
  }

  /** What was found is judged first, so that nothing goes on past a statement of one's own. */
  private void readBack(Effect.ReadBack ask, Transport.StoredStatements found) {
    if (stopped || !ask.equals(readBack)) {
      return;
    }
    found.statements().forEach(said -> answers.accept(new Input.Heard(said)));
    if (found.shows(ask.head())) {
      readBack = null;
      answers.accept(new Input.HeadRead(ask.about()));
      return;
    }
    listener.failed(
        "reading back own statements",
        new PortFailure(
            found.quorum()
                ? "a quorum of relays must give out own statement "
                    + ask.head()
                    + ", it does not; nothing is signed or submitted before it does"
                : "a quorum of relays must answer, too few do; nothing is signed or submitted"
                    + " before they do",
            true));
    readBack(ask, ports.pollEvery().compareTo(READ_BACK) < 0 ? ports.pollEvery() : READ_BACK);
  }

  private void drawChannelKey() {
    byte[] secret = new byte[32];
    ports.random().nextBytes(secret);
    answers.accept(new Input.ChannelKeyDrawn(new ChannelKey(Bytes.of(secret))));
  }

  private void broadcast(Transaction transaction) {
    poll(
        "broadcasting",
        () ->
            switch (ports.chain().broadcast(transaction)) {
              case BroadcastResult.Accepted accepted ->
                  Optional.of(
                      new Input.BroadcastAnswered(transaction.txid(), true, false, "accepted"));
              case BroadcastResult.Rejected rejected when rejected.lasting() ->
                  Optional.of(
                      new Input.BroadcastAnswered(
                          transaction.txid(), false, true, rejected.reason()));
              case BroadcastResult.Rejected rejected ->
                  throw new PortFailure(
                      "the network does not take the transaction now: " + rejected.reason(), true);
            });
  }

  /** Not at once, since it mostly comes another way; what goes wrong with it ends nothing. */
  private void lookFor(Effect.LookFor look) {
    if (lookedFor.add(look.txid())) {
      again(
          "looking for the transaction",
          () -> ChainWork.seen(ports.chain(), look),
          why -> new Input.CannotGoOn(Code.NOT_SUPPORTED, why),
          ports.pollEvery());
    }
  }

  /** Asks until there is an answer; a lasting failure ends the asking. */
  private void poll(String what, Supplier<Optional<? extends Input>> question) {
    poll(what, question, why -> new Input.CannotGoOn(Code.NOT_SUPPORTED, why));
  }

  /** As above; what a lasting failure is to the machine depends on what was asked. */
  private void poll(
      String what, Supplier<Optional<? extends Input>> question, Function<String, Input> lasting) {
    again(what, question, lasting, Duration.ZERO);
  }

  private void again(
      String what,
      Supplier<Optional<? extends Input>> question,
      Function<String, Input> lasting,
      Duration delay) {
    ports
        .scheduler()
        .after(
            delay,
            () -> {
              if (stopped) {
                return;
              }
              try {
                Optional<? extends Input> answer = question.get();
                if (answer.isPresent()) {
                  answers.accept(answer.get());
                  return;
                }
              } catch (RuntimeException thrown) {
                PortFailure failure =
                    thrown instanceof PortFailure port ? port : unexpected(what, thrown);
                listener.failed(what, failure);
                if (!failure.temporary()) {
                  answers.accept(lasting.apply(String.valueOf(failure.getMessage())));
                  return;
                }
              }
              again(what, question, lasting, ports.pollEvery());
            });
  }
}
