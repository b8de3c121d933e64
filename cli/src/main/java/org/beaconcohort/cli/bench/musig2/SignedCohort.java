package org.beaconcohort.cli.bench.musig2;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.coordinator.NonceCollection;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * What a coordinator receives from signers who have all signed one message; lists are in the order
 * of the keys.
 *
 * @param keys 33 bytes each
 * @param outputKey their aggregate with the Taproot tweak, 32 bytes
 * @param message 32 bytes
 * @param nonces public ones, 66 bytes each
 * @param partials partial signatures, 32 bytes each
 */
record SignedCohort(
    List<Bytes> keys, Bytes outputKey, Bytes message, List<Bytes> nonces, List<Bytes> partials) {
  /** Signs, on the engine of the process. */
  static SignedCohort of(int signers, SecureRandom random) {
    List<SecretKey> secrets = new ArrayList<>();
    for (int i = 0; i < signers; i++) {
      secrets.add(SecretKey.generate(random));
    }
    List<Bytes> keys = secrets.stream().map(SecretKey::publicKey).toList();
    KeyAggContext context = TaprootTweak.apply(KeyAggContext.of(keys), Optional.empty());
    byte[] drawn = new byte[32];
    random.nextBytes(drawn);
    Bytes message = Bytes.of(drawn);
    List<SigningSession> sessions = new ArrayList<>();
    NonceCollection collected = NonceCollection.of(context);
    for (SecretKey secret : secrets) {
      SigningSession session =
          SigningSession.start(secret, context, Optional.of(message), Bytes.EMPTY, random);
      collected = collected.with(sessions.size(), session.publicNonce());
      sessions.add(session);
    }
    SessionContext agreed = collected.sign(message).session();
    return new SignedCohort(
        keys,
        context.xOnlyAggregateKey(),
        message,
        sessions.stream().map(SigningSession::publicNonce).toList(),
        sessions.stream().map(session -> session.sign(agreed)).toList());
  }

  /** How many signers. */
  int size() {
    return keys.size();
  }

  /** The same with other partial signatures. */
  SignedCohort withPartials(List<Bytes> others) {
    return new SignedCohort(keys, outputKey, message, nonces, others);
  }
}
