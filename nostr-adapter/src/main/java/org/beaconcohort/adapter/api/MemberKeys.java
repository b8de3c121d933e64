package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The three keys of one membership (N11): statements, cohort, inbox. They come from one secret and
 * the membership's instance id, so whoever keeps both can make them again; without the secret they
 * link to nothing and not to each other.
 */
public final class MemberKeys implements Destroyable {
  private final Bytes instance;
  private final SecretKey statement;
  private final SecretKey cohort;
  private final SecretKey inbox;

  private MemberKeys(Bytes instance, SecretKey secret) {
    this.instance = instance;
    this.statement = secret.derive("beacon-cohort/statement-key", instance);
    this.cohort = secret.derive("beacon-cohort/cohort-key", instance);
    this.inbox = secret.derive("beacon-cohort/inbox-key", instance);
  }

  /** Keys of a new membership, under a fresh instance id. */
  public static MemberKeys fresh(SecretKey secret, SecureRandom random) {
    byte[] instance = new byte[Header.INSTANCE_SIZE];
    random.nextBytes(instance);
    return new MemberKeys(Bytes.of(instance), secret);
  }

  /** The id of this process in this membership, 16 bytes; not secret. */
  public Bytes instance() {
    return instance;
  }

  SecretKey statement() {
    return statement;
  }

  SecretKey cohort() {
    return cohort;
  }

  SecretKey inbox() {
    return inbox;
  }

  @Override
  public void destroy() {
    statement.destroy();
    cohort.destroy();
    inbox.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return statement.isDestroyed();
  }

  @Override
  public String toString() {
    return "MemberKeys of instance " + instance;
  }
}
