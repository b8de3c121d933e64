package org.beaconcohort.adapter.nostr.nip44;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * The keys of one message: 32 bytes for ChaCha20 (RFC 8439), its 12-byte nonce, 32 bytes for
 * HMAC-SHA256. Closing wipes them.
 *
 * <p>Bouncy Castle's engines are called directly, so no registered provider can change the result.
 */
final class MessageKeys implements AutoCloseable {
  static final int SIZE = 76;

  private final byte[] keys;

  /** Takes {@code seventySix} over. */
  MessageKeys(byte[] seventySix) {
    this.keys = seventySix;
  }

  /** Encrypts or decrypts, which is the same. */
  byte[] chacha20(byte[] in, int from, int length) {
    ChaCha7539Engine engine = new ChaCha7539Engine();
    engine.init(true, new ParametersWithIV(new KeyParameter(keys, 0, 32), keys, 32, 12));
    byte[] out = new byte[length];
    engine.processBytes(in, from, length, out, 0);
    return out;
  }

  /** The 32-byte MAC over {@code nonce ‖ ciphertext}. */
  byte[] mac(byte[] nonce, byte[] in, int from, int length) {
    HMac hmac = new HMac(new SHA256Digest());
    hmac.init(new KeyParameter(keys, 44, 32));
    hmac.update(nonce, 0, nonce.length);
    hmac.update(in, from, length);
    byte[] mac = new byte[32];
    hmac.doFinal(mac, 0);
    return mac;
  }

  /** For the official vectors: the 76 bytes as they are. */
  byte[] copy() {
    return keys.clone();
  }

  @Override
  public void close() {
    Arrays.fill(keys, (byte) 0);
  }
}
