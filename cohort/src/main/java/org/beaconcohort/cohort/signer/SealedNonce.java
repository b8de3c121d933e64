package org.beaconcohort.cohort.signer;

import java.security.SecureRandom;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * One sealed nonce: version (1 byte), public nonce (66), extra input of NonceGen (32),
 * initialization vector (12), and the 32 bytes of randomness under AES-256-GCM (48 with its tag).
 * Which nonce of which key and cohort it is, is authenticated with it, so no record can stand in
 * for another.
 *
 * @param publicNonce 66 bytes
 * @param extraInput 32 bytes
 * @param vector 12 bytes, random
 * @param ciphertext 48 bytes
 */
record SealedNonce(Bytes publicNonce, Bytes extraInput, Bytes vector, Bytes ciphertext) {
  private static final Bytes VERSION = Bytes.ofHex("01");
  private static final int VECTOR_SIZE = 12;
  private static final int SIZE = 1 + 66 + 32 + VECTOR_SIZE + 48;
  private static final int TAG_BITS = 128;
  private static final String PURPOSE = "beacon-cohort/sealed-nonce";

  static SealedNonce seal(
      SecretKey key,
      SealedNonces.Id id,
      KeyAggContext context,
      Bytes extraInput,
      Bytes publicNonce,
      byte[] seed,
      SecureRandom random) {
    byte[] vector = new byte[VECTOR_SIZE];
    random.nextBytes(vector);
    Bytes subject = subject(key, id, context, publicNonce, extraInput);
    byte[] ciphertext = crypt(key, true, Bytes.of(vector), subject, seed);
    return new SealedNonce(publicNonce, extraInput, Bytes.of(vector), Bytes.of(ciphertext));
  }

  /**
   * The 32 secret bytes; the caller wipes them.
   *
   * @throws NonceLostException if the record is damaged, or another nonce's, key's or cohort's
   */
  byte[] unseal(SecretKey key, SealedNonces.Id id, KeyAggContext context) {
    Bytes subject = subject(key, id, context, publicNonce, extraInput);
    return crypt(key, false, vector, subject, ciphertext.toArray());
  }

  Bytes encoded() {
    return Bytes.concat(VERSION, publicNonce, extraInput, vector, ciphertext);
  }

  /**
   * Reads a record.
   *
   * @throws NonceLostException if it is none
   */
  static SealedNonce decode(Bytes record) {
    if (record.size() != SIZE || !record.slice(0, 1).equals(VERSION)) {
      throw new NonceLostException(
          "sealed nonce must be "
              + SIZE
              + " bytes beginning with version "
              + VERSION
              + ", got "
              + record.size()
              + " bytes; it is destroyed, another takes its place (N4)");
    }
    return new SealedNonce(
        record.slice(1, 67), record.slice(67, 99), record.slice(99, 111), record.slice(111, SIZE));
  }

  private static Bytes subject(
      SecretKey key,
      SealedNonces.Id id,
      KeyAggContext context,
      Bytes publicNonce,
      Bytes extraInput) {
    return FieldHash.of("sealed-nonce")
        .bytes(key.publicKey())
        .bytes(id.roundId())
        .number(id.number())
        .list(context.keys())
        .bytes(context.aggregateKey())
        .bytes(publicNonce)
        .bytes(extraInput)
        .hash();
  }

  private static byte[] crypt(
      SecretKey key, boolean encrypt, Bytes vector, Bytes subject, byte[] input) {
    var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    key.useSealingKey(
        PURPOSE,
        Bytes.EMPTY,
        secret ->
            cipher.init(
                encrypt,
                new AEADParameters(
                    new KeyParameter(secret), TAG_BITS, vector.toArray(), subject.toArray())));
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    int written = cipher.processBytes(input, 0, input.length, output, 0);
    try {
      var unused = cipher.doFinal(output, written);
    } catch (InvalidCipherTextException damaged) {
      throw new NonceLostException(
          "sealed nonce must be authentic, its tag is wrong: damaged, or of another key; it is"
              + " destroyed, another takes its place (N4)");
    }
    return output;
  }

  @Override
  public String toString() {
    return "SealedNonce";
  }
}
