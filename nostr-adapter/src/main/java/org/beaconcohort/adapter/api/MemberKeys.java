package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The three keys of one membership (N11): statements, cohort, inbox. They come from one secret and
 * the membership's id, so whoever keeps both can make them again; without the secret they link to
 * nothing and not to each other.
 */
public final class MemberKeys implements Destroyable {
  private static final int ID_SIZE = 16;

  private final Bytes owner;
  private final Bytes membership;
  private final SecretKey statement;
  private final SecretKey cohort;
  private final SecretKey inbox;

  private MemberKeys(SecretKey secret, Bytes membership) {
    this.owner = secret.xOnlyPublicKey();
    this.membership = membership;
    this.statement = secret.derive("beacon-cohort/statement-key", membership);
    this.cohort = secret.derive("beacon-cohort/cohort-key", membership);
    this.inbox = secret.derive("beacon-cohort/inbox-key", membership);
  }

  /** Keys of a new membership, under a fresh id. */
  public static MemberKeys fresh(SecretKey secret, SecureRandom random) {
    byte[] membership = new byte[ID_SIZE];
    random.nextBytes(membership);
    return new MemberKeys(secret, Bytes.of(membership));
  }

  /**
   * Keys of a membership that began in another process.
   *
   * @param membership its id, 16 bytes; see {@link Journals#openMemberships}
   */
  public static MemberKeys of(SecretKey secret, Bytes membership) {
    if (membership.size() != ID_SIZE) {
      throw new IllegalArgumentException(
          "membership id must be " + ID_SIZE + " bytes, got " + membership.size());
    }
    return new MemberKeys(secret, membership);
  }

  /**
   * Id of the membership in the cohort that follows the one of {@code membership}: always the same,
   * so that a process that goes on finds both.
   *
   * @param membership 16 bytes
   */
  public static Bytes following(Bytes membership) {
    return TaggedHash.hash("beacon-cohort/following-membership", membership).slice(0, ID_SIZE);
  }

  /** The x-only public key of the secret that they all come from, 32 bytes. */
  public Bytes owner() {
    return owner;
  }

  /** The id of this membership, 16 bytes; not secret. */
  public Bytes membership() {
    return membership;
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
    return "MemberKeys of membership " + membership;
  }
}
