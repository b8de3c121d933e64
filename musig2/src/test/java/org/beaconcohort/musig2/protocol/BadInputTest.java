package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.engine.TestEngines;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at every entry of the module: an answer, or a typed refusal that says what must be. */
@Tag("names-its-engines")
final class BadInputTest {
  private static final Set<Class<?>> REFUSALS =
      Set.of(
          InvalidContributionException.class,
          InvalidTweakException.class,
          InvalidPointException.class,
          InvalidSecretKeyException.class,
          IllegalArgumentException.class);

  private final SeededRandom random = new SeededRandom(50);

  /**
   * A way in.
   *
   * @param size of what may be accepted, in bytes
   */
  private record Entry(String name, int size, Consumer<Bytes> call) {}

  private List<Entry> entries(CurveEngine engine) {
    SecretKey key = SecretKey.of(engine, random.bytes(32).toArray());
    Bytes good = key.publicKey();
    Bytes goodNonce = Bytes.concat(random.key().publicKey(), random.key().publicKey());
    Bytes message = random.bytes(32);
    KeyAggContext context = KeyAggContext.of(engine, List.of(good, random.key().publicKey()));
    SessionContext session = SessionContext.of(goodNonce, context, message);
    Bytes number = random.bytes(32);
    return List.of(
        new Entry("key", 33, in -> KeyAggContext.of(engine, List.of(good, in))),
        new Entry("plain tweak", 32, context::withPlainTweak),
        new Entry("x-only tweak", 32, context::withXOnlyTweak),
        new Entry("nonce", 66, in -> NonceAgg.aggregate(engine, List.of(goodNonce, in))),
        new Entry("checked nonce", 66, PublicNonce::check),
        new Entry("signer's nonce", 66, in -> PublicNonce.check(3, in)),
        new Entry("aggregate nonce", 66, in -> SessionContext.of(in, context, message)),
        new Entry(
            "others' nonce", 66, in -> DeterministicSign.sign(key, in, context, message, random)),
        new Entry(
            "verified partial",
            32,
            in -> accepted(PartialSignature.verify(session, 1, in, goodNonce))),
        new Entry("verified nonce", 66, in -> PartialSignature.verify(session, 1, number, in)),
        new Entry("partial", 32, in -> PartialSigAgg.aggregate(session, List.of(number, in))),
        new Entry(
            "Schnorr key", 32, in -> accepted(Schnorr.verify(engine, in, message, goodNonce))),
        new Entry(
            "Schnorr signature",
            64,
            in -> accepted(Schnorr.verify(engine, key.xOnlyPublicKey(), message, in))),
        new Entry("auxiliary randomness", 32, in -> Schnorr.sign(key, message, in)),
        new Entry("internal key", 32, in -> TaprootTweak.outputKey(in, Optional.empty())),
        new Entry("tweaked key", 32, in -> TaprootTweak.tweak(in, Optional.of(message))),
        new Entry(
            "merkle root", 32, in -> TaprootTweak.outputKey(key.xOnlyPublicKey(), Optional.of(in))),
        new Entry(
            "aggregate's merkle root", 32, in -> TaprootTweak.apply(context, Optional.of(in))),
        new Entry("secret's merkle root", 32, in -> key.tweakedForTaproot(Optional.of(in))),
        new Entry("ECDH key", 32, in -> key.ecdh(in).destroy()),
        new Entry("secret key", 32, in -> SecretKey.of(engine, in.toArray())));
  }

  /** An answer of no is a refusal too. */
  private static void accepted(boolean yes) {
    if (!yes) {
      throw new IllegalArgumentException("must be valid");
    }
  }

  @ParameterizedTest
  @MethodSource("org.beaconcohort.musig2.engine.TestEngines#named")
  void anyBytesAreAnsweredOrRefusedInWords(CurveEngine engine) {
    List<Bytes> inputs = inputs();
    for (Entry entry : entries(engine)) {
      int refused = 0;
      for (Bytes input : inputs) {
        boolean isRefused = isRefused(entry, input);
        assertTrue(
            isRefused || input.size() == entry.size(),
            () -> entry.name() + " must be " + entry.size() + " bytes, took " + input);
        refused += isRefused ? 1 : 0;
      }
      assertTrue(refused > inputs.size() / 2, entry.name());
    }
  }

  private static boolean isRefused(Entry entry, Bytes input) {
    try {
      entry.call().accept(input);
      return false;
    } catch (RuntimeException refusal) {
      assertTrue(
          REFUSALS.contains(refusal.getClass()),
          () -> entry.name() + " of " + input + " threw " + refusal);
      assertTrue(String.valueOf(refusal.getMessage()).contains("must"), refusal::toString);
      return true;
    }
  }

  /** Every length to 70, the edges of both fields, infinity, and whatever has a valid half. */
  private List<Bytes> inputs() {
    List<Bytes> inputs = new ArrayList<>();
    Bytes good = random.key().publicKey();
    List<Bytes> xs =
        List.of(
            Scalar.ZERO.bytes(),
            Scalar.ONE.bytes(),
            Scalar.MINUS_ONE.bytes(),
            Bytes.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
            Bytes.ofHex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e"),
            Bytes.ofHex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
            Bytes.ofHex("ff".repeat(32)),
            Bytes.ofHex("00".repeat(31) + "05"),
            good.slice(1, 33));
    for (int size = 0; size <= 70; size++) {
      inputs.add(random.bytes(size));
      inputs.add(Bytes.of(new byte[size]));
    }
    for (Bytes x : xs) {
      inputs.add(x);
      for (String prefix : List.of("00", "02", "03", "04", "ff")) {
        Bytes encoding = Bytes.concat(Bytes.ofHex(prefix), x);
        inputs.add(encoding);
        inputs.add(Bytes.concat(encoding, good));
        inputs.add(Bytes.concat(good, encoding));
        inputs.add(Bytes.concat(encoding, encoding));
      }
      inputs.add(Bytes.concat(x, x));
    }
    inputs.add(random.bytes(10_000));
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("org.beaconcohort.musig2.engine.TestEngines#named")
  void repeatedAndNegatedKeysAreLegal(CurveEngine engine) {
    Bytes secret = random.bytes(32);
    Bytes plain = SecretKey.of(engine, secret.toArray()).publicKey();
    Bytes negated = engine.negate(engine.decode(plain)).compressed();
    for (List<Bytes> keys :
        List.of(
            List.of(plain, plain),
            List.of(plain, negated),
            List.of(negated, plain, negated),
            List.of(plain, plain, plain, negated, negated))) {
      KeyAggContext context = KeyAggContext.of(engine, keys);
      assertEquals(KeyAggContext.of(CurveEngines.bouncyCastle(), keys), context);
      assertTrue(signsAlone(context, secret), keys::toString);
    }
  }

  /** Every seat has the key of this secret or its negation. */
  private boolean signsAlone(KeyAggContext context, Bytes secret) {
    SecretKey key = SecretKey.of(context.engine(), secret.toArray());
    Bytes opposite = Scalar.of(secret).negate().bytes();
    SecretKey negated = SecretKey.of(context.engine(), opposite.toArray());
    List<SigningSession> seats = new ArrayList<>();
    for (Bytes seat : context.keys()) {
      SecretKey holder = seat.equals(key.publicKey()) ? key : negated;
      seats.add(SigningSession.start(holder, context, Optional.empty(), Bytes.EMPTY, random));
    }
    Bytes message = random.bytes(32);
    Bytes nonce =
        NonceAgg.aggregate(
            context.engine(), seats.stream().map(SigningSession::publicNonce).toList());
    SessionContext session = SessionContext.of(nonce, context, message);
    List<Bytes> partials = seats.stream().map(seat -> seat.sign(session)).toList();
    return Schnorr.verify(
        context.xOnlyAggregateKey(), message, PartialSigAgg.aggregate(session, partials));
  }

  @Test
  void aContextOfAnotherEngineIsTheSameContext() {
    CurveEngine other = TestEngines.nativeOrSkip();
    SecretKey key = SecretKey.of(CurveEngines.bouncyCastle(), random.bytes(32).toArray());
    List<Bytes> keys = List.of(key.publicKey(), random.key().publicKey());
    SigningSession signer =
        SigningSession.start(
            key,
            KeyAggContext.of(CurveEngines.bouncyCastle(), keys),
            Optional.empty(),
            Bytes.EMPTY,
            random);
    SessionContext session =
        SessionContext.of(signer.publicNonce(), KeyAggContext.of(other, keys), random.bytes(32));
    assertTrue(PartialSignature.verify(session, 0, signer.sign(session), signer.publicNonce()));
  }
}
