package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The AEAD of NIP-49: ChaCha20-Poly1305 (RFC 8439) under a key that HChaCha20 makes of the first 16
 * of 24 nonce bytes (draft-irtf-cfrg-xchacha-03). Bouncy Castle has the parts and not the whole.
 */
final class XChaCha20Poly1305 {
  static final int NONCE = 24;
  static final int TAG = 16;

  private static final int PREFIX = 16;
  private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private XChaCha20Poly1305() {}

  static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      return run(true, key, nonce, aad, plaintext);
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encryption has nothing to verify", impossible);
    }
  }

  /**
   * The plaintext.
   *
   * @throws InvalidCipherTextException if it is not what was sealed with this key, nonce and aad
   */
  static byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed)
      throws InvalidCipherTextException {
    return run(false, key, nonce, aad, sealed);
  }

  private static byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] aad, byte[] in)
      throws InvalidCipherTextException {
    byte[] subkey = hChaCha20(key, Arrays.copyOf(nonce, PREFIX));
    try {
      byte[] rest = new byte[12];
      System.arraycopy(nonce, PREFIX, rest, 4, NONCE - PREFIX);
      ChaCha20Poly1305 aead = new ChaCha20Poly1305();
      aead.init(seal, new AEADParameters(new KeyParameter(subkey), 8 * TAG, rest, aad));
      byte[] out = new byte[aead.getOutputSize(in.length)];
      int length = aead.processBytes(in, 0, in.length, out, 0);
      int unused = aead.doFinal(out, length);
      return out;
    } finally {
      Arrays.fill(subkey, (byte) 0);
    }
  }

  /** 32 bytes of a 32-byte key and 16 bytes; section 2.2 of the draft. */
  static byte[] hChaCha20(byte[] key, byte[] input) {
    int[] state = new int[16];
    System.arraycopy(SIGMA, 0, state, 0, 4);
    words(key, state, 4, 8);
    words(input, state, 12, 4);
    int[] block = new int[16];
    ChaChaEngine.chachaCore(20, state, block);
    byte[] out = new byte[32];
    for (int i = 0; i < 8; i++) {
      int at = i < 4 ? i : i + 8;
      // The core adds its input at the end, HChaCha20 does not.
      int word = block[at] - state[at];
      for (int b = 0; b < 4; b++) {
        out[4 * i + b] = (byte) (word >>> (8 * b));
      }
    }
    Arrays.fill(state, 0);
    Arrays.fill(block, 0);
    return out;
  }

  private static void words(byte[] from, int[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      int word = 0;
      for (int b = 3; b >= 0; b--) {
        word = (word << 8) | (from[4 * i + b] & 0xff);
      }
      to[at + i] = word;
    }
  }
}
