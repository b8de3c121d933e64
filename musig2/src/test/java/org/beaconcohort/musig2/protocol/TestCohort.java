package org.beaconcohort.musig2.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.seeded.SeededRandom;

/** Some signers with their keys, all in this process, for one signature. */
final class TestCohort {
  final SeededRandom random;
  final List<SecretKey> secretKeys;
  final KeyAggContext context;
  final Bytes message;
  final List<SigningSession> sessions = new ArrayList<>();

  TestCohort(long seed, int signers) {
    random = new SeededRandom(seed);
    secretKeys = Stream.generate(random::key).limit(signers).toList();
    context = KeyAggContext.of(secretKeys.stream().map(SecretKey::publicKey).toList());
    message = random.bytes(32);
    for (SecretKey key : secretKeys) {
      sessions.add(SigningSession.start(key, context, Optional.of(message), Bytes.EMPTY, random));
    }
  }

  List<Bytes> publicNonces() {
    return sessions.stream().map(SigningSession::publicNonce).toList();
  }

  SessionContext session() {
    return SessionContext.of(NonceAgg.aggregate(publicNonces()), context, message);
  }

  /** The session of everybody whose nonces are added, whoever they are. */
  SessionContext sessionWithNonce(Bytes aggregateNonce) {
    return SessionContext.of(aggregateNonce, context, message);
  }

  List<Bytes> partials() {
    SessionContext session = session();
    return sessions.stream().map(signer -> signer.sign(session)).toList();
  }
}
