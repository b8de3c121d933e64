package org.beaconcohort.musig2.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.ChosenNonces;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.timing.Timing.Operation;

/** What is done with secrets, each on any engine and with secrets of any class. */
enum SecretOperation {
  /** k·G, where k is secret. */
  MULTIPLY_GENERATOR {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      return each(arrays(secrets), engine::multiplyGeneratorSecret);
    }
  },
  /** k·P, where k is secret. */
  MULTIPLY_POINT {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      CurvePoint point = engine.decode(RANDOM.key().publicKey());
      return each(arrays(secrets), secret -> engine.multiplySecret(point, secret));
    }
  },
  /** Public times secret, twice, and added. */
  COMBINE {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      List<Scalar> factors = List.of(SCALAR, SCALAR.plus(Scalar.ONE));
      return each(
          arrays(secrets),
          secret -> engine.combineSecret(SCALAR, factors, List.of(secret, secret)));
    }
  },
  /** ECDH, where the key is secret. */
  ECDH {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      Bytes other = RANDOM.key().xOnlyPublicKey();
      return each(keys(engine, secrets), key -> key.ecdh(other).destroy());
    }
  },
  /** A BIP-340 signature, where the key is secret. */
  SCHNORR_SIGN {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      return each(keys(engine, secrets), key -> Schnorr.sign(key, MESSAGE, MESSAGE));
    }
  },
  /** NonceGen, where the key is secret. */
  START_SESSION {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      return each(seats(engine, secrets), Seat::start);
    }
  },
  /** BIP-327 Sign with its self-check, where the key is secret. */
  SIGN_BY_KEY {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      return eachPrepared(
          seats(engine, secrets),
          seat -> {
            SigningSession started = seat.start();
            return () -> started.sign(seat.session());
          });
    }
  },
  /** The answer of a nonce of two numbers, where these are secret. */
  ANSWER_BY_NONCE {
    @Override
    Operation on(CurveEngine engine, Secrets secrets) {
      SecretKey key = SecretKey.of(engine, RANDOM.bytes(32).toArray());
      List<Scalar> factors = List.of(Scalar.MINUS_ONE, SCALAR);
      return eachPrepared(
          secrets.some(POOL),
          number -> {
            SecretNonce nonce = ChosenNonces.withoutPoints(engine, number, number);
            return () -> nonce.answer(key, factors, SCALAR);
          });
    }
  };

  private static final int POOL = 32;
  private static final SeededRandom RANDOM = new SeededRandom(210);
  private static final Scalar SCALAR = Scalar.reduce(RANDOM.bytes(32));
  private static final Bytes MESSAGE = RANDOM.bytes(32);

  abstract Operation on(CurveEngine engine, Secrets secrets);

  /** A signer alone, and a session of its. */
  private record Seat(SecretKey key, SessionContext session) {
    static Seat of(SecretKey key, CurveEngine engine) {
      Bytes nonce = Bytes.concat(RANDOM.key().publicKey(), RANDOM.key().publicKey());
      KeyAggContext context = KeyAggContext.of(engine, List.of(key.publicKey()));
      return new Seat(key, SessionContext.of(nonce, context, MESSAGE));
    }

    SigningSession start() {
      return SigningSession.start(key, session.keyAgg(), Optional.of(MESSAGE), Bytes.EMPTY, RANDOM);
    }
  }

  static List<byte[]> arrays(Secrets secrets) {
    return secrets.some(POOL).stream().map(Bytes::toArray).toList();
  }

  private static List<SecretKey> keys(CurveEngine engine, Secrets secrets) {
    return arrays(secrets).stream().map(secret -> SecretKey.of(engine, secret)).toList();
  }

  private static List<Seat> seats(CurveEngine engine, Secrets secrets) {
    return keys(engine, secrets).stream().map(key -> Seat.of(key, engine)).toList();
  }

  /** Takes them in turn. */
  static <T> Operation each(List<T> pool, Consumer<T> use) {
    return eachPrepared(pool, item -> () -> use.accept(item));
  }

  private interface Preparation<T> {
    Runnable of(T item);
  }

  private static <T> Operation eachPrepared(List<T> pool, Preparation<T> preparation) {
    int[] next = {0};
    return times -> {
      List<Runnable> prepared = new ArrayList<>(times);
      for (int i = 0; i < times; i++) {
        prepared.add(preparation.of(pool.get(next[0]++ % pool.size())));
      }
      return () -> prepared.forEach(Runnable::run);
    };
  }
}
