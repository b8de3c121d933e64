package org.beaconcohort.musig2.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/** A cohort whose members have all signed one message: what an aggregator receives. */
final class ManySigners {
  final KeyAggContext keys;
  final Bytes message;
  final List<Bytes> nonces = new ArrayList<>();
  final List<Bytes> partials = new ArrayList<>();

  ManySigners(CurveEngine engine, long seed, int signers) {
    SeededRandom random = new SeededRandom(seed);
    List<SecretKey> secrets = new ArrayList<>();
    for (int i = 0; i < signers; i++) {
      secrets.add(SecretKey.of(engine, random.bytes(32).toArray()));
    }
    keys =
        TaprootTweak.apply(
            KeyAggContext.of(engine, secrets.stream().map(SecretKey::publicKey).toList()),
            Optional.empty());
    message = random.bytes(32);
    List<SigningSession> sessions = new ArrayList<>();
    for (SecretKey secret : secrets) {
      sessions.add(SigningSession.start(secret, keys, Optional.of(message), Bytes.EMPTY, random));
      nonces.add(sessions.getLast().publicNonce());
    }
    PartialSignatureCollection awaited = collectNonces().sign(message);
    for (SigningSession session : sessions) {
      partials.add(session.sign(awaited.session()));
    }
  }

  NonceCollection collectNonces() {
    NonceCollection collection = NonceCollection.of(keys);
    for (int i = 0; i < nonces.size(); i++) {
      collection = collection.with(i, nonces.get(i));
    }
    return collection;
  }

  PartialSignatureCollection collect(List<Bytes> these) {
    PartialSignatureCollection collection = collectNonces().sign(message);
    for (int i = 0; i < these.size(); i++) {
      collection = collection.with(i, these.get(i));
    }
    return collection;
  }
}
