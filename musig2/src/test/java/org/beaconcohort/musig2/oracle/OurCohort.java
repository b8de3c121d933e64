package org.beaconcohort.musig2.oracle;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.jspecify.annotations.Nullable;

/** The code under test on one curve engine. */
final class OurCohort implements Implementation {
  private final CurveEngine engine;
  private final RandomCohort cohort;
  private final KeyAggContext context;
  private final SigningSession[] signers;
  private @Nullable SessionContext session;

  OurCohort(CurveEngine engine, RandomCohort cohort) {
    this.engine = engine;
    this.cohort = cohort;
    KeyAggContext tweaked = KeyAggContext.of(engine, cohort.keys());
    for (RandomCohort.Tweak tweak : cohort.tweaks()) {
      tweaked =
          switch (tweak) {
            case RandomCohort.Tweak.Plain(Bytes number) -> tweaked.withPlainTweak(number);
            case RandomCohort.Tweak.XOnly(Bytes number) -> tweaked.withXOnlyTweak(number);
            case RandomCohort.Tweak.Taproot(Optional<Bytes> root) ->
                TaprootTweak.apply(tweaked, root);
          };
    }
    this.context = tweaked;
    this.signers = new SigningSession[cohort.signers()];
  }

  @Override
  public Bytes xOnlyAggregateKey() {
    return context.xOnlyAggregateKey();
  }

  SecretKey key(int seat) {
    return SecretKey.of(engine, cohort.secrets().get(seat).toArray());
  }

  KeyAggContext context() {
    return context;
  }

  @Override
  public Bytes startNonce(int seat, long seed, Bytes extraInput) {
    Optional<Bytes> known =
        cohort.messageKnown() ? Optional.of(cohort.message()) : Optional.empty();
    signers[seat] =
        SigningSession.start(key(seat), context, known, extraInput, new SeededRandom(seed));
    return signers[seat].publicNonce();
  }

  @Override
  public Bytes aggregateNonces(List<Bytes> publicNonces) {
    return NonceAgg.aggregate(engine, publicNonces);
  }

  @Override
  public void openSession(Bytes aggregateNonce) {
    session = SessionContext.of(aggregateNonce, context, cohort.message());
  }

  private SessionContext session() {
    return Objects.requireNonNull(session);
  }

  @Override
  public Bytes sign(int seat) {
    return signers[seat].sign(session());
  }

  @Override
  public boolean verifies(int seat, Bytes partial, Bytes publicNonce) {
    return PartialSignature.verify(session(), seat, partial, publicNonce);
  }

  @Override
  public Bytes aggregate(List<Bytes> partials) {
    return PartialSigAgg.aggregate(session(), partials);
  }

  @Override
  public boolean verifies(Bytes signature) {
    return Schnorr.verify(engine, xOnlyAggregateKey(), cohort.message(), signature);
  }

  @Override
  public String toString() {
    return "our code on " + engine.name();
  }
}
