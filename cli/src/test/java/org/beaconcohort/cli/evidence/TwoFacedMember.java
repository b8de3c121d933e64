package org.beaconcohort.cli.evidence;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.api.Relays;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.cli.demo.RelaysBetween;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A member as any other, until everybody has acknowledged: then it says something else under the
 * number of its own acknowledgement.
 */
final class TwoFacedMember implements AutoCloseable {
  private final SecureRandom random = new SecureRandom();
  private final SecretKey key = SecretKey.generate(random);
  private final MemberKeys keys = MemberKeys.fresh(key, random);
  private final SecretKey statement = key.derive("beacon-cohort/statement-key", keys.membership());
  private final EsploraChain chain;
  private final MemberRun run;
  private @Nullable SignedStatement own;
  private @Nullable Recipient recipient;
  private boolean others;

  TwoFacedMember(String relay, String chainUrl) {
    Relays lying = new Lying(Relays.of(List.of(relay)));
    chain = new EsploraChain(chainUrl);
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(StrictJson.newArray()),
            new InMemoryLedger(),
            chain,
            SingletonCosts.DEFAULT,
            1,
            random,
            ControllerListener.none());
    run =
        MemberRun.start(
            new Outside(lying, chain, Duration.ofMillis(200), random),
            controller,
            new JoinPolicy(
                Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX, JoinPolicy.Fallback.NONE),
            keys,
            progress -> {});
  }

  /** Whom the proof is against. */
  Bytes statementKey() {
    return statement.xOnlyPublicKey();
  }

  @Override
  public void close() {
    run.close();
    chain.close();
    statement.destroy();
    key.destroy();
  }

  private synchronized void lieOnceAllAreIn(Transport inside) {
    if (own != null && recipient != null && others) {
      SignedStatement lie =
          new NostrNotary(statement, Instant::now, random).sign(own.header(), new RoundRequest(1));
      own = null;
      inside.publish(lie, recipient);
    }
  }

  private final class Lying extends RelaysBetween {
    Lying(Relays honest) {
      super(honest);
    }

    @Override
    protected Through between(Transport inside) {
      return new Through(inside) {
        @Override
        public void publish(SignedStatement said, Recipient to) {
          super.publish(said, to);
          if (said.body().kind() == StatementKind.KEYSET_ACK) {
            synchronized (TwoFacedMember.this) {
              own = said;
              recipient = to;
            }
            lieOnceAllAreIn(inside);
          }
        }

        @Override
        public void listenToChannel(
            ChannelKey channel, int round, Consumer<SignedStatement> receiver) {
          super.listenToChannel(
              channel,
              round,
              said -> {
                receiver.accept(said);
                if (said.body().kind() == StatementKind.KEYSET_ACK
                    && !said.author().equals(statementKey())) {
                  synchronized (TwoFacedMember.this) {
                    others = true;
                  }
                  lieOnceAllAreIn(inside);
                }
              });
        }
      };
    }
  }
}
