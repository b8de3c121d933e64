package org.beaconcohort.adapter.api;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.hash.Sha256;

/** Secrets of a round, computed again from keys and draws; each is proved by its public half. */
final class RoundSecrets {
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private RoundSecrets() {}

  /** A key and what it becomes on the way to a signature: its negation, its Taproot tweak. */
  static List<KnownSecret> ofKey(String name, Bytes key) {
    BigInteger number = new BigInteger(1, key.toArray());
    Bytes publicKey = publicKey(key);
    BigInteger even = publicKey.toArray()[0] == 2 ? number : N.subtract(number);
    BigInteger tweak =
        new BigInteger(1, Sha256.tagged("TapTweak").add(publicKey.slice(1, 33).toArray()).finish());
    return List.of(
        new KnownSecret(name, key),
        new KnownSecret(name + ", negated", bytes(N.subtract(number))),
        new KnownSecret(name + ", tweaked", bytes(even.add(tweak).mod(N))));
  }

  /** What {@code SecretKey.derive} gives. */
  static Bytes derived(Bytes key, String purpose, Bytes context) {
    byte[] purposeHash = Sha256.plain().add(purpose.getBytes(StandardCharsets.UTF_8)).finish();
    byte[] hash =
        Sha256.tagged("beacon-cohort/derive")
            .add(key.toArray())
            .add(purposeHash)
            .add(context)
            .finish();
    return bytes(new BigInteger(1, hash).mod(N));
  }

  /** BIP-327 NonceGen of a slot; empty if that draw does not give that public nonce. */
  static Optional<List<KnownSecret>> ofNonce(
      String name, Bytes key, byte[] draw, Bytes aggregateKey, Bytes extra, Bytes publicNonce) {
    byte[] rand = Sha256.tagged("MuSig/aux").add(draw.clone()).finish();
    byte[] secret = key.toArray();
    for (int i = 0; i < rand.length; i++) {
      rand[i] ^= secret[i];
    }
    List<KnownSecret> found = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] hash =
          Sha256.tagged("MuSig/nonce")
              .add(
                  Bytes.concat(
                          Bytes.of(rand),
                          Bytes.ofHex("21"),
                          publicKey(key),
                          Bytes.ofHex("20"),
                          aggregateKey,
                          Bytes.ofHex("00" + "00000020"),
                          extra,
                          Bytes.ofHex("0" + i))
                      .toArray())
              .finish();
      Bytes number = bytes(new BigInteger(1, hash).mod(N));
      if (!publicKey(number).equals(publicNonce.slice(33 * i, 33 * i + 33))) {
        return Optional.empty();
      }
      found.add(new KnownSecret(name + ", k" + (i + 1), number));
    }
    found.add(new KnownSecret(name + ", rand", Bytes.of(rand)));
    return Optional.of(found);
  }

  /** What differs for every nonce of a key. */
  static Bytes extraInput(Bytes roundId, int number, List<Bytes> keys, Bytes aggregateKey) {
    return FieldHash.of("nonce")
        .bytes(roundId)
        .number(number)
        .list(keys)
        .bytes(aggregateKey)
        .hash();
  }

  static Bytes publicKey(Bytes key) {
    SecretKey computing = SecretKey.of(key.toArray());
    Bytes publicKey = computing.publicKey();
    computing.destroy();
    return publicKey;
  }

  private static Bytes bytes(BigInteger number) {
    byte[] fixed = new byte[32];
    byte[] signed = number.toByteArray();
    int size = Math.min(32, signed.length);
    System.arraycopy(signed, signed.length - size, fixed, 32 - size, size);
    return Bytes.of(fixed);
  }
}
