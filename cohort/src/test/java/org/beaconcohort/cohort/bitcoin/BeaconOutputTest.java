package org.beaconcohort.cohort.bitcoin;

import static org.beaconcohort.cohort.bitcoin.GoldenCohort.P0;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.P1;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.P2;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.RECOVERY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.script.InvalidLeafException;
import org.beaconcohort.cohort.bitcoin.script.RecoveryLeaf;
import org.beaconcohort.cohort.bitcoin.script.TapTree;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.junit.jupiter.api.Test;

/** Outputs against recorded did-btcr2-js cohorts, and what is refused. */
class BeaconOutputTest {
  private static final String LEAF_A_OF_THREE =
      "203c72addb4fdf09af94f0c94d7fe92a386a7e70cf8a1d85916386bb2535c7b1b1ac"
          + "20466d7fcae563e5cb09a0d1870bb580344804617879a14949cf22285f1bae3f27ba"
          + "204f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aaba529c";
  private static final String LEAF_B =
      "029000b275209ac20335eb38768d2052be1dbbc3c8f6178407458e51e6b4ad22f1d91758895bac";
  private static final String INTERNAL_KEY_OF_THREE =
      "d7f88557dc5f43705444eac25b463e567608e9876d4d58b7fe38e69f5a06a303";

  @Test
  void threeMembersWithBothLeavesAreTheRecordedOutput() {
    BeaconOutput output = GoldenCohort.three();
    assertEquals(List.of(P2, P1, P0), output.keys());
    assertEquals(INTERNAL_KEY_OF_THREE, output.internalKey().hex());
    assertEquals(LEAF_A_OF_THREE, output.leafA().orElseThrow().script().hex());
    assertEquals(LEAF_B, output.leafB().orElseThrow().script().hex());
    assertEquals(
        "09dfe809361336e2ad83f00dee2784cfcd518cb2c5fd1377a8b7a254a680e632",
        leafA(output).hash().hex());
    assertEquals(
        "cf2e48bff3ffadc1674f801a3db16cf9abe3d0b1d221e5afc5ed3d31f705636d",
        leafB(output).hash().hex());
    assertEquals(
        "651031fcc1aadb1034f875ade157bb202adaf09d9b7b2e5be822eaeae9a73bdd",
        output.merkleRoot().orElseThrow().hex());
    assertEquals(
        "26e223d8b53b94e0631c66ca0c7e06d46d3fa5275348ef1ed7a38227c391f3bf", output.tweak().hex());
    assertEquals(GoldenCohort.SCRIPT, output.script());
    assertEquals(1, output.outputKeyParity());
    assertEquals(
        "bcrt1pp85h4v3n3tthl7an2afzw7qjlsrtx8c7fajfq0w68w343zcskgpqkz93g0",
        output.address(Network.REGTEST).text());
    assertEquals(output.outputKey(), output.signingContext().xOnlyAggregateKey());
  }

  @Test
  void controlBlocksOfThreeAreTheRecordedOnes() {
    BeaconOutput output = GoldenCohort.three();
    assertEquals(
        "c1" + INTERNAL_KEY_OF_THREE + leafB(output).hash().hex(),
        output.controlBlock(leafA(output)).hex());
    assertEquals(
        "c1" + INTERNAL_KEY_OF_THREE + leafA(output).hash().hex(),
        output.controlBlock(leafB(output)).hex());
  }

  @Test
  void twoMembersWithBothLeavesAreTheRecordedOutput() {
    BeaconOutput output = BeaconOutput.of(List.of(P0, P1)).withLeafB(RECOVERY, 144).withLeafA(1);
    assertEquals(
        "fc23182b2ee6d25438f148c2836a5ca041b4caca3d99202294ae89c790332fb3",
        output.internalKey().hex());
    assertEquals(
        "20" + P1.hex().substring(2) + "ac20" + P0.hex().substring(2) + "ba519c",
        output.leafA().orElseThrow().script().hex());
    assertEquals(
        "589f25f5743c319b7479900a67ebf7a0f1033b49bfdda4aa9395d18ea599c519",
        output.merkleRoot().orElseThrow().hex());
    assertEquals(
        "be34464d64028ae89c5b703d975082b541d956f09657e46b891140fb8f272045", output.tweak().hex());
    assertEquals(0, output.outputKeyParity());
    assertEquals(
        "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34",
        output.address(Network.REGTEST).text());
  }

  @Test
  void withoutLeavesThereIsNoTreeAndTheEmptyRootIsTweaked() {
    BeaconOutput output = BeaconOutput.of(List.of(P0, P1, P2));
    assertEquals(INTERNAL_KEY_OF_THREE, output.internalKey().hex());
    assertEquals(Optional.empty(), output.merkleRoot());
    assertEquals(Optional.empty(), output.leafA());
    assertEquals(Optional.empty(), output.leafB());
    assertNotEquals(GoldenCohort.SCRIPT, output.script());
    assertNotEquals(output.internalKey(), output.outputKey());
    assertEquals(output.outputKey(), output.signingContext().xOnlyAggregateKey());
  }

  @Test
  void oneLeafAloneIsTheWholeTree() {
    BeaconOutput onlyA = BeaconOutput.of(List.of(P0, P1, P2)).withLeafA(2);
    assertEquals(Optional.of(leafA(onlyA).hash()), onlyA.merkleRoot());
    assertEquals(33, onlyA.controlBlock(leafA(onlyA)).size());
    BeaconOutput onlyB = BeaconOutput.of(List.of(P0, P1, P2)).withLeafB(RECOVERY, 144);
    assertEquals(Optional.of(leafB(onlyB).hash()), onlyB.merkleRoot());
    assertEquals(33, onlyB.controlBlock(leafB(onlyB)).size());
  }

  @Test
  void theOrderOfTheKeysDoesNotMatter() {
    assertEquals(BeaconOutput.of(List.of(P0, P1, P2)), BeaconOutput.of(List.of(P2, P0, P1)));
    assertNotEquals(
        BeaconOutput.of(List.of(P0, P1, P2)), BeaconOutput.of(List.of(P0, P1, P2)).withLeafA(3));
  }

  @Test
  void oneKeyAloneStillAggregates() {
    BeaconOutput output = BeaconOutput.of(List.of(P0));
    assertNotEquals(P0.slice(1, 33), output.internalKey());
  }

  @Test
  void refusesNoKeysAndKeysThatAreTheSameXOnly() {
    assertThrows(InvalidKeySetException.class, () -> BeaconOutput.of(List.of()));
    assertThrows(InvalidKeySetException.class, () -> BeaconOutput.of(List.of(P0, P1, P0)));
    Bytes negated = Bytes.concat(Bytes.ofHex("02"), P0.slice(1, 33));
    assertThrows(InvalidKeySetException.class, () -> BeaconOutput.of(List.of(P0, P1, negated)));
  }

  @Test
  void refusesBytesThatAreNoKeyAndNamesThem() {
    for (Bytes bad :
        List.of(
            P1.slice(1, 33),
            Bytes.ofHex("04" + P1.slice(1, 33).hex()),
            Bytes.ofHex("02" + "ff".repeat(32)))) {
      InvalidContributionException refused =
          assertThrows(
              InvalidContributionException.class, () -> BeaconOutput.of(List.of(P0, bad, P2)));
      List<Bytes> sorted = new ArrayList<>(List.of(P0, bad, P2));
      sorted.sort(null);
      assertEquals(bad, sorted.get(refused.signer()));
    }
  }

  @Test
  void refusesAThresholdOutsideOneToN() {
    BeaconOutput output = BeaconOutput.of(List.of(P0, P1, P2));
    for (int threshold : new int[] {-1, 0, 4}) {
      assertThrows(InvalidLeafException.class, () -> output.withLeafA(threshold));
    }
  }

  @Test
  void refusesRecoveryTermsNobodyCouldUse() {
    BeaconOutput output = BeaconOutput.of(List.of(P0, P1));
    for (int sequence : new int[] {-1, 0, 65_536, 1 << 22}) {
      assertThrows(InvalidLeafException.class, () -> output.withLeafB(RECOVERY, sequence));
    }
    assertThrows(InvalidLeafException.class, () -> output.withLeafB(P0, 144));
    assertThrows(
        InvalidLeafException.class, () -> output.withLeafB(Bytes.ofHex("ff".repeat(32)), 144));
  }

  @Test
  void thresholdsAndSequencesUseTheShortestNumbers() {
    assertEquals("51b275", recoveryPrefix(1));
    assertEquals("60b275", recoveryPrefix(16));
    assertEquals("0111b275", recoveryPrefix(17));
    assertEquals("017fb275", recoveryPrefix(127));
    assertEquals("028000b275", recoveryPrefix(128));
    assertEquals("02ff00b275", recoveryPrefix(255));
    assertEquals("02ff7fb275", recoveryPrefix(32_767));
    assertEquals("03008000b275", recoveryPrefix(32_768));
    assertEquals("03ffff00b275", recoveryPrefix(65_535));
    assertEquals("01119c", thresholdSuffix(17));
    assertEquals("609c", thresholdSuffix(16));
  }

  @Test
  void refusesMoreThanAHundredKeysInLeafA() {
    assertEquals("01649c", thresholdSuffix(100));
    assertThrows(InvalidLeafException.class, () -> new ThresholdLeaf(manyKeys(101), 101));
    assertThrows(InvalidLeafException.class, () -> new ThresholdLeaf(List.of(), 1));
    assertThrows(InvalidLeafException.class, () -> new ThresholdLeaf(List.of(P0), 1));
    Bytes key = P0.slice(1, 33);
    assertThrows(InvalidLeafException.class, () -> new ThresholdLeaf(List.of(key, key), 1));
  }

  @Test
  void aLeafAWitnessNeedsExactlyKSignaturesOfItsKeys() {
    BeaconOutput output = GoldenCohort.three();
    Bytes signature = Bytes.of(new byte[64]);
    Bytes x0 = P0.slice(1, 33);
    Bytes x1 = P1.slice(1, 33);
    Bytes x2 = P2.slice(1, 33);
    assertEquals(
        List.of(
            signature,
            Bytes.EMPTY,
            signature,
            leafA(output).script(),
            output.controlBlock(leafA(output))),
        output.leafAWitness(Map.of(x0, signature, x2, signature)));
    assertThrows(InvalidLeafException.class, () -> output.leafAWitness(Map.of(x0, signature)));
    assertThrows(
        InvalidLeafException.class,
        () -> output.leafAWitness(Map.of(x0, signature, x1, signature, x2, signature)));
    assertThrows(
        InvalidLeafException.class,
        () -> output.leafAWitness(Map.of(x0, signature, RECOVERY, signature)));
    assertThrows(
        InvalidLeafException.class,
        () -> output.leafAWitness(Map.of(x0, signature, x1, Bytes.of(new byte[65]))));
    assertThrows(InvalidLeafException.class, () -> output.leafBWitness(Bytes.of(new byte[65])));
  }

  @Test
  void aLeafThatIsNotThereCannotBeSpent() {
    BeaconOutput output = BeaconOutput.of(List.of(P0, P1));
    assertThrows(InvalidSpendException.class, () -> output.leafAWitness(Map.of()));
    assertThrows(InvalidSpendException.class, () -> output.leafBWitness(Bytes.of(new byte[64])));
    TapTree.Leaf foreign = TapTree.tapscript(Bytes.ofHex("51"));
    assertThrows(IllegalArgumentException.class, () -> output.controlBlock(foreign));
    assertThrows(IllegalArgumentException.class, () -> output.withLeafA(2).controlBlock(foreign));
  }

  private static TapTree.Leaf leafA(BeaconOutput output) {
    return output.leafA().orElseThrow().leaf();
  }

  private static TapTree.Leaf leafB(BeaconOutput output) {
    return output.leafB().orElseThrow().leaf();
  }

  private static String thresholdSuffix(int n) {
    String script = new ThresholdLeaf(manyKeys(n), n).script().hex();
    return script.substring(n * 34 * 2);
  }

  private static List<Bytes> manyKeys(int count) {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[32];
      key[31] = (byte) i;
      keys.add(Bytes.of(key));
    }
    return keys;
  }

  private static String recoveryPrefix(int sequence) {
    String script = new RecoveryLeaf(RECOVERY, sequence).script().hex();
    return script.substring(0, script.indexOf("20" + RECOVERY.hex()));
  }
}
