package org.beaconcohort.adapter.nostr.nip44;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869). Results are secret: the caller wipes them. */
public final class Hkdf {
  private Hkdf() {}

  /** The 32-byte pseudorandom key of {@code inputKey}. */
  public static byte[] extract(byte[] salt, byte[] inputKey) {
    return new HKDFBytesGenerator(new SHA256Digest()).extractPRK(salt, inputKey);
  }

  /** {@code length} bytes, at most 8,160, that {@code pseudorandomKey} gives for {@code info}. */
  public static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(HKDFParameters.skipExtractParameters(pseudorandomKey, info));
    byte[] out = new byte[length];
    generator.generateBytes(out, 0, length);
    return out;
  }
}
