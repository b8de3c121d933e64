package org.beaconcohort.cli.demo;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.beaconcohort.adapter.api.Relays;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * Relays of a party that is honest until it is turned: then it says a second thing under the number
 * of its next proposal or response, a moment earlier, and knows nothing of it itself.
 */
final class ForkedTongue extends RelaysBetween {
  private final NostrNotary notary;
  private final Set<Bytes> lies = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean turned = new AtomicBoolean();

  /**
   * Speaks over {@code honest}.
   *
   * @param statementKey that the party signs with, the caller's to destroy
   */
  ForkedTongue(Relays honest, SecretKey statementKey, SecureRandom random) {
    super(honest);
    this.notary = new NostrNotary(statementKey, Instant::now, random);
  }

  void turn() {
    turned.set(true);
  }

  @Override
  protected Through between(Transport inside) {
    return new Two(inside);
  }

  private void sayMore(Transport inside, SignedStatement said, Recipient to) {
    Statement other =
        switch (said.body()) {
          case Proposal proposal -> withAnotherTranscript(proposal);
          case Response response -> new Response(Map.of(), response.nonce());
          default -> said.body();
        };
    if (!other.equals(said.body()) && turned.getAndSet(false)) {
      SignedStatement second = notary.sign(said.header(), other);
      lies.add(second.id());
      inside.publish(second, to);
    }
  }

  private static Proposal withAnotherTranscript(Proposal honest) {
    Bytes other = Bytes.concat(honest.transcript().slice(1, 32), honest.transcript().slice(0, 1));
    return new Proposal(
        honest.counter(),
        honest.parent(),
        honest.reason(),
        honest.path(),
        honest.responses(),
        honest.nonces(),
        honest.context(),
        other);
  }

  private final class Two extends Through {
    private final Transport inside;

    Two(Transport inside) {
      super(inside);
      this.inside = inside;
    }

    @Override
    public void publish(SignedStatement said, Recipient to) {
      sayMore(inside, said, to);
      super.publish(said, to);
    }

    @Override
    public void listenToChannel(ChannelKey channel, int round, Consumer<SignedStatement> receiver) {
      super.listenToChannel(
          channel,
          round,
          said -> {
            if (!lies.contains(said.id())) {
              receiver.accept(said);
            }
          });
    }

    @Override
    public void readBack(
        ChannelKey channel,
        List<Integer> rounds,
        Bytes author,
        Consumer<StoredStatements> receiver) {
      super.readBack(
          channel,
          rounds,
          author,
          found ->
              receiver.accept(
                  new StoredStatements(
                      found.quorum(),
                      found.statements().stream()
                          .filter(said -> !lies.contains(said.id()))
                          .toList(),
                      found.onQuorum())));
    }
  }
}
