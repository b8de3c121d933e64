package org.beaconcohort.cohort.view;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Keys of a party that are real, and statements as they look once the edge has verified them. */
public final class TestParty {
  private static final Instant WHEN = Instant.ofEpochSecond(1_700_000_000);

  private final SecretKey statementKey;
  private final SecretKey cohortKey;
  private final SecretKey didKey;
  private final Bytes inboxKey;
  private final Bytes instance;
  private long said;

  /** New keys. */
  public TestParty(SecureRandom random) {
    statementKey = SecretKey.generate(random);
    cohortKey = SecretKey.generate(random);
    didKey = SecretKey.generate(random);
    inboxKey = SecretKey.generate(random).xOnlyPublicKey();
    byte[] id = new byte[Header.INSTANCE_SIZE];
    random.nextBytes(id);
    instance = Bytes.of(id);
  }

  /** The x-only key of its statements. */
  public Bytes statementKey() {
    return statementKey.xOnlyPublicKey();
  }

  /** Its MuSig2 key. */
  public SecretKey cohortKey() {
    return cohortKey;
  }

  /** The key of its DID. */
  public SecretKey didKey() {
    return didKey;
  }

  /** Its x-only inbox key. */
  public Bytes inboxKey() {
    return inboxKey;
  }

  /** Its process instance. */
  public Bytes instance() {
    return instance;
  }

  /** Its k1 DID on regtest. */
  public Btcr2Did did() {
    return Btcr2Did.ofKey(Network.REGTEST, didKey.publicKey());
  }

  /** Its next statement. */
  public SignedStatement say(Bytes cohortId, Bytes roundId, Statement body) {
    Header header = new Header(cohortId, roundId, instance, said++, Bytes.EMPTY, 0);
    return say(header, body);
  }

  /** A statement under a given header. */
  public SignedStatement say(Header header, Statement body) {
    String event = statementKey() + "|" + body.kind() + "|" + StatementCodec.encode(header, body);
    Bytes id = TaggedHash.sha256(Bytes.of(event.getBytes(StandardCharsets.UTF_8)));
    return new SignedStatement(id, statementKey(), WHEN, event, header, body);
  }
}
