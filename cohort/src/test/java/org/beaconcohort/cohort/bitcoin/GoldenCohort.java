package org.beaconcohort.cohort.bitcoin;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** The test keys and transactions of the recorded did-btcr2-js 0.5.0 rounds, on regtest. */
final class GoldenCohort {
  static final Bytes P0 =
      Bytes.ofHex("034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa");
  static final Bytes P1 =
      Bytes.ofHex("02466d7fcae563e5cb09a0d1870bb580344804617879a14949cf22285f1bae3f27");
  static final Bytes P2 =
      Bytes.ofHex("023c72addb4fdf09af94f0c94d7fe92a386a7e70cf8a1d85916386bb2535c7b1b1");
  static final Bytes RECOVERY =
      Bytes.ofHex("9ac20335eb38768d2052be1dbbc3c8f6178407458e51e6b4ad22f1d91758895b");
  static final int RECOVERY_SEQUENCE = 144;

  static final Bytes SCRIPT =
      Bytes.ofHex("512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903dda3ba3588b10b202");
  static final Outpoint OUTPOINT = new Outpoint(Bytes.ofHex("ab".repeat(32)), 1);
  static final Bytes SIGNAL =
      Bytes.ofHex("81dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9b96aaddafd3ea44aee200d");

  private GoldenCohort() {}

  static SecretKey p0() {
    return repeated(0x11);
  }

  static SecretKey p1() {
    return repeated(0x22);
  }

  static SecretKey p2() {
    return repeated(0x33);
  }

  static SecretKey recovery() {
    return repeated(0x55);
  }

  /** {P0, P1, P2} with k = 2 and the recovery leaf. */
  static BeaconOutput three() {
    return BeaconOutput.of(List.of(P0, P1, P2)).withLeafA(2).withLeafB(RECOVERY, RECOVERY_SEQUENCE);
  }

  /** 100,000 sat in, 99,200 sat back, sequence without replacement, as TypeScript builds it. */
  static BeaconTransaction.Template template(Bytes script) {
    return new BeaconTransaction.Template(
        OUTPOINT,
        new TxOutput(100_000, script),
        800,
        List.of(new TxOutput(99_200, script)),
        2,
        0,
        0xffff_ffffL);
  }

  /** A generator that gives the same for the same seed. */
  static SecureRandom random(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static SecretKey repeated(int octet) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) octet);
    return SecretKey.of(secret);
  }
}
