package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.curve.SecretKey;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.Strings;

/** A private key of BIP-32 and its chain code; closing overwrites both. */
final class ExtendedKey implements AutoCloseable {
  private static final int HALF = 32;

  private final KeyNumber number;
  private final byte[] chainCode;

  private ExtendedKey(KeyNumber number, byte[] chainCode) {
    this.number = number;
    this.chainCode = chainCode;
  }

  /** The master key of a seed of 16 to 64 bytes, which stays the caller's to overwrite. */
  static ExtendedKey master(byte[] seed) {
    byte[] hash = hmac(Strings.toByteArray("Bitcoin seed"), seed);
    try {
      return new ExtendedKey(
          HexKey.checked(Arrays.copyOf(hash, HALF), "master key"),
          Arrays.copyOfRange(hash, HALF, 2 * HALF));
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
  }

  /** The child at a step, hardened if its highest bit is set: CKDpriv of BIP-32. */
  ExtendedKey child(int step) {
    byte[] data = new byte[1 + HALF + 4];
    byte[] own = number.copy();
    if (step < 0) {
      System.arraycopy(own, 0, data, 1, HALF);
    } else {
      System.arraycopy(number.publicKey().toArray(), 0, data, 0, 1 + HALF);
    }
    for (int i = 0; i < 4; i++) {
      data[1 + HALF + i] = (byte) (step >>> (24 - 8 * i));
    }
    byte[] hash = hmac(chainCode, data);
    byte[] tweak = Arrays.copyOf(hash, HALF);
    try {
      return new ExtendedKey(
          KeyNumber.of(SecretKey.sum(own, tweak)), Arrays.copyOfRange(hash, HALF, 2 * HALF));
    } catch (InvalidSecretKeyException outOfRange) {
      throw new MalformedKeyException(
          "path must lead to a key, this one does not (one in 2^127)", "take the next index");
    } finally {
      Arrays.fill(data, (byte) 0);
      Arrays.fill(own, (byte) 0);
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(tweak, (byte) 0);
    }
  }

  /** The private key, a copy. */
  KeyNumber number() {
    return number.duplicate();
  }

  @Override
  public void close() {
    number.close();
    Arrays.fill(chainCode, (byte) 0);
  }

  @Override
  public String toString() {
    return "ExtendedKey";
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    HMac hmac = new HMac(new SHA512Digest());
    hmac.init(new KeyParameter(key));
    hmac.update(data, 0, data.length);
    byte[] out = new byte[2 * HALF];
    hmac.doFinal(out, 0);
    return out;
  }
}
