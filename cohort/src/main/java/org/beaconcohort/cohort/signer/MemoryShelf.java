package org.beaconcohort.cohort.signer;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/** Nonces in this process's memory only (R9): they end with it. */
final class MemoryShelf implements NonceShelf {
  private final SecretKey key;
  private final SecureRandom random;
  private final Map<SealedNonces.Id, SigningSession> open = new HashMap<>();

  MemoryShelf(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  @Override
  public Bytes open(SealedNonces.Id id, KeyAggContext context, Bytes extraInput) {
    SigningSession session =
        SigningSession.start(key, context, Optional.empty(), extraInput, random);
    open.put(id, session);
    return session.publicNonce();
  }

  @Override
  public SigningSession take(SealedNonces.Id id, KeyAggContext context) {
    SigningSession session = open.remove(id);
    if (session == null) {
      throw new NonceLostException("nonce " + id.number() + " must be open, it is not here");
    }
    return session;
  }

  @Override
  public void erase(SealedNonces.Id id) {
    SigningSession session = open.remove(id);
    if (session != null) {
      session.abort();
    }
  }

  @Override
  public void close() {
    open.values().forEach(SigningSession::abort);
    open.clear();
  }
}
