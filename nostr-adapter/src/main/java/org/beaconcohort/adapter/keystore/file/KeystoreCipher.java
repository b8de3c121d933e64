package org.beaconcohort.adapter.keystore.file;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.hash.Sha256;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The key that a password gives, and what it seals: Argon2id makes 64 bytes of it, 32 for
 * AES-256-GCM and 32 whose hash is in the header. Closing overwrites them.
 *
 * <p>Argon2id is Bouncy Castle's; AES is the runtime's, which computes it by the processor's own
 * instructions and without tables.
 */
public final class KeystoreCipher implements AutoCloseable {
  private static final int HALF = 32;
  private static final int TAG = 16;

  private final KdfSettings kdf;
  private final Bytes salt;
  private final byte[] keys;

  private KeystoreCipher(KdfSettings kdf, Bytes salt, byte[] keys) {
    this.kdf = kdf;
    this.salt = salt;
    this.keys = keys;
  }

  /** For a new file, or under a new password. */
  public static KeystoreCipher fresh(SecretText password, KdfSettings kdf, SecureRandom random) {
    byte[] salt = new byte[KeystoreHeader.SALT];
    random.nextBytes(salt);
    return derive(password, kdf, Bytes.of(salt));
  }

  /**
   * For a file that is there.
   *
   * @throws KeystoreException WRONG_PASSWORD, if the password is not the one it was sealed with
   */
  public static KeystoreCipher of(KeystoreHeader header, SecretText password) {
    KeystoreCipher cipher = derive(password, header.kdf(), header.salt());
    if (!MessageDigest.isEqual(cipher.check().toArray(), header.check().toArray())) {
      cipher.close();
      throw new KeystoreException(
          KeystoreFault.WRONG_PASSWORD, "the key that it gives is another one");
    }
    return cipher;
  }

  private static KeystoreCipher derive(SecretText password, KdfSettings kdf, Bytes salt) {
    kdf.requireAffordable();
    byte[] utf8 = password.utf8(Normalizer.Form.NFKC);
    byte[] keys = new byte[2 * HALF];
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(kdf.memoryKib())
              .withIterations(kdf.iterations())
              .withParallelism(kdf.parallelism())
              .withSalt(salt.toArray())
              .build());
      int unused = argon2.generateBytes(utf8, keys);
      return new KeystoreCipher(kdf, salt, keys);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /** Seals numbers in the order of their entries, under a nonce of this time alone. */
  public KeystoreText seal(
      FileKind kind,
      Instant written,
      List<KeyEntry> entries,
      List<KeyNumber> numbers,
      SecureRandom random) {
    byte[] nonce = new byte[KeystoreHeader.NONCE];
    random.nextBytes(nonce);
    KeystoreHeader header =
        new KeystoreHeader(kind, written, kdf, salt, check(), Bytes.of(nonce), entries);
    KeystoreText unsealed = new KeystoreText(header, Bytes.EMPTY);
    byte[] plain = new byte[KeyNumber.SIZE * numbers.size()];
    for (int i = 0; i < numbers.size(); i++) {
      byte[] number = numbers.get(i).copy();
      System.arraycopy(number, 0, plain, KeyNumber.SIZE * i, KeyNumber.SIZE);
      Arrays.fill(number, (byte) 0);
    }
    try {
      byte[] sealed = run(Cipher.ENCRYPT_MODE, unsealed, plain);
      return new KeystoreText(header, Bytes.of(sealed));
    } catch (GeneralSecurityException missing) {
      throw unavailable(missing);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The numbers of a file, each checked against its entry's public key; the caller closes them.
   *
   * @throws KeystoreException TAMPERED, if header or numbers are not what was sealed
   */
  public List<KeyNumber> open(KeystoreText text) {
    byte[] plain;
    try {
      plain = run(Cipher.DECRYPT_MODE, text, text.sealed().toArray());
    } catch (AEADBadTagException changed) {
      throw new KeystoreException(
          KeystoreFault.TAMPERED, "header and keys are not those that were sealed together");
    } catch (GeneralSecurityException missing) {
      throw unavailable(missing);
    }
    List<KeyNumber> numbers = new ArrayList<>();
    try {
      for (KeyEntry entry : text.header().entries()) {
        int from = KeyNumber.SIZE * numbers.size();
        numbers.add(KeyNumber.of(Arrays.copyOfRange(plain, from, from + KeyNumber.SIZE)));
        if (!numbers.getLast().publicKey().equals(entry.publicKey())) {
          throw new KeystoreException(
              KeystoreFault.TAMPERED, "public key of " + entry.name() + " is not that of its key");
        }
      }
      return numbers;
    } catch (InvalidSecretKeyException noKey) {
      numbers.forEach(KeyNumber::close);
      throw new KeystoreException(
          KeystoreFault.TAMPERED, String.valueOf(noKey.getMessage()), noKey);
    } catch (KeystoreException wrong) {
      numbers.forEach(KeyNumber::close);
      throw wrong;
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static int sealedSize(int entries) {
    return KeyNumber.SIZE * entries + TAG;
  }

  private byte[] run(int mode, KeystoreText text, byte[] in) throws GeneralSecurityException {
    byte[] key = Arrays.copyOf(keys, HALF);
    try {
      Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(
          mode,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(8 * TAG, text.header().nonce().toArray()));
      aes.updateAAD(text.additionalData());
      return aes.doFinal(in);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private Bytes check() {
    byte[] half = Arrays.copyOfRange(keys, HALF, 2 * HALF);
    byte[] hash = Sha256.tagged("beacon-cohort/keystore-check").add(half).finish();
    Arrays.fill(half, (byte) 0);
    return Bytes.of(hash).slice(0, KeystoreHeader.CHECK);
  }

  private static IllegalStateException unavailable(GeneralSecurityException missing) {
    return new IllegalStateException("this Java runtime has no AES-256-GCM", missing);
  }

  @Override
  public void close() {
    Arrays.fill(keys, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeystoreCipher";
  }
}
