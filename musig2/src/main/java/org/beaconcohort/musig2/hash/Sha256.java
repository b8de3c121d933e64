package org.beaconcohort.musig2.hash;

import org.beaconcohort.musig2.bytes.Bytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.util.Strings;

/**
 * One SHA-256 computation, plain or tagged as in BIP-340, whose input may be secret.
 *
 * <p>Bouncy Castle's digest overwrites its state when it finishes, so only the returned 32 bytes
 * are left for the caller to wipe.
 */
public final class Sha256 {
  private final SHA256Digest digest;

  private Sha256(SHA256Digest digest) {
    this.digest = digest;
  }

  /** SHA-256 without a tag. */
  public static Sha256 plain() {
    return new Sha256(new SHA256Digest());
  }

  /** SHA-256 that starts with SHA256(tag) twice. */
  public static Sha256 tagged(String tag) {
    byte[] tagHash = plain().add(Strings.toUTF8ByteArray(tag)).finish();
    return plain().add(tagHash).add(tagHash);
  }

  /** A computation that goes on from here, while this one stays as it is: for what begins alike. */
  public Sha256 copy() {
    return new Sha256(new SHA256Digest(digest));
  }

  /** Appends {@code part}, which may be secret and is not kept. */
  public Sha256 add(byte[] part) {
    digest.update(part, 0, part.length);
    return this;
  }

  /** Appends {@code part}. */
  public Sha256 add(Bytes part) {
    return add(part.toArray());
  }

  /** The 32-byte hash; this object must not be used again. */
  public byte[] finish() {
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
