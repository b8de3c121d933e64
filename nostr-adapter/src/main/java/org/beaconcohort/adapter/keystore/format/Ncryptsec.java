package org.beaconcohort.adapter.keystore.format;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cohort.bitcoin.address.Bech32;
import org.beaconcohort.cohort.bitcoin.address.MalformedBech32mException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * NIP-49: a secret key encrypted under a password, as {@code ncryptsec1…}. scrypt with r = 8, p = 1
 * over the password in NFKC, then XChaCha20-Poly1305.
 */
public final class Ncryptsec {
  /** The logarithm of scrypt's rounds that is written: 64 MiB and about 0.3 s. */
  public static final int DEFAULT_LOG_N = 16;

  /** The highest that is read: 4 GiB, if this process may have as much. */
  public static final int MAX_LOG_N = 22;

  /** Whether the key was ever handled insecurely is not tracked (NIP-49, 0x02). */
  private static final byte SECURITY_UNKNOWN = 2;

  private static final String HRP = "ncryptsec";
  private static final int VERSION = 2;
  private static final int SALT = 16;
  private static final int SALT_AT = 2;
  private static final int NONCE_AT = SALT_AT + SALT;
  private static final int SECURITY_AT = NONCE_AT + XChaCha20Poly1305.NONCE;
  private static final int SEALED_AT = SECURITY_AT + 1;
  private static final int SIZE = SEALED_AT + KeyNumber.SIZE + XChaCha20Poly1305.TAG;
  private static final int MAX_LENGTH = 200;
  private static final int BLOCK = 8;
  private static final String NEXT = "copy the whole text again, from ncryptsec1 to its end";

  private Ncryptsec() {}

  /**
   * The key of an {@code ncryptsec1…} text, which is no secret itself.
   *
   * @throws MalformedKeyException if the text is mistyped, of another version, wants more memory
   *     than there is (before any is taken), or the password does not open it
   */
  public static KeyNumber decode(String text, SecretText password) {
    byte[] payload = payload(text).toArray();
    if (payload.length != SIZE) {
      throw new MalformedKeyException(
          "ncryptsec must be of " + SIZE + " bytes, got " + payload.length, NEXT);
    }
    if (payload[0] != VERSION) {
      throw new MalformedKeyException(
          "ncryptsec must be of version " + VERSION + ", got " + payload[0],
          "export the key in version " + VERSION + " where it was made");
    }
    int logN = payload[1];
    requireAffordable(logN);
    int security = payload[SECURITY_AT];
    if (security < 0 || security > 2) {
      throw new MalformedKeyException(
          "key security byte of an ncryptsec must be 0, 1 or 2, got " + security, NEXT);
    }
    byte[] key = key(password, Arrays.copyOfRange(payload, SALT_AT, NONCE_AT), logN);
    try {
      byte[] number =
          XChaCha20Poly1305.open(
              key,
              Arrays.copyOfRange(payload, NONCE_AT, SECURITY_AT),
              Arrays.copyOfRange(payload, SECURITY_AT, SEALED_AT),
              Arrays.copyOfRange(payload, SEALED_AT, SIZE));
      return HexKey.checked(number, "key in an ncryptsec");
    } catch (InvalidCipherTextException notOpened) {
      throw new MalformedKeyException(
          "ncryptsec must open with the password given, it does not",
          "give the password it was made with; if that is right, the text was changed");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The key encrypted under a password, with fresh salt and nonce.
   *
   * @param logN 1 to {@link #MAX_LOG_N}; use {@link #DEFAULT_LOG_N}
   */
  public static String encode(KeyNumber key, SecretText password, int logN, SecureRandom random) {
    requireAffordable(logN);
    byte[] payload = new byte[SIZE];
    random.nextBytes(payload);
    payload[0] = VERSION;
    payload[1] = (byte) logN;
    payload[SECURITY_AT] = SECURITY_UNKNOWN;
    byte[] cipherKey = key(password, Arrays.copyOfRange(payload, SALT_AT, NONCE_AT), logN);
    byte[] number = key.copy();
    try {
      byte[] sealed =
          XChaCha20Poly1305.seal(
              cipherKey,
              Arrays.copyOfRange(payload, NONCE_AT, SECURITY_AT),
              Arrays.copyOfRange(payload, SECURITY_AT, SEALED_AT),
              number);
      System.arraycopy(sealed, 0, payload, SEALED_AT, sealed.length);
      return Bech32.encode(HRP, Bytes.of(payload));
    } finally {
      Arrays.fill(cipherKey, (byte) 0);
      Arrays.fill(number, (byte) 0);
    }
  }

  private static Bytes payload(String text) {
    try {
      var decoded = Bech32.decode(text, MAX_LENGTH);
      if (decoded.hrp().equals(HRP)) {
        return decoded.data();
      }
    } catch (MalformedBech32mException malformed) {
      throw new MalformedKeyException(
          "ncryptsec must be Bech32 in lower case, it is not: it was mistyped or cut", NEXT);
    }
    throw new MalformedKeyException("ncryptsec must begin with ncryptsec1, it does not", NEXT);
  }

  private static byte[] key(SecretText password, byte[] salt, int logN) {
    byte[] utf8 = password.utf8(Normalizer.Form.NFKC);
    try {
      return SCrypt.generate(utf8, salt, 1 << logN, BLOCK, 1, 32);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private static void requireAffordable(int logN) {
    if (logN < 1 || logN > MAX_LOG_N) {
      throw new MalformedKeyException(
          "scrypt rounds of an ncryptsec must be 2^1 to 2^" + MAX_LOG_N + ", got 2^" + logN,
          "export the key again with fewer rounds, 2^16 for instance");
    }
    long bytes = (128L * BLOCK) << logN;
    if (bytes > Runtime.getRuntime().maxMemory() / 4 * 3) {
      throw new MalformedKeyException(
          "ncryptsec wants "
              + (bytes >> 20)
              + " MiB for scrypt, this process may have "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB",
          "give Java more memory with BEACON_COHORT_JAVA_OPTS=-Xmx8g, or export with fewer rounds");
    }
  }
}
