package org.beaconcohort.cohort.bitcoin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.bitcoin.script.RecoveryLeaf;
import org.beaconcohort.cohort.bitcoin.script.TapTree;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.KeySort;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.jspecify.annotations.Nullable;

/**
 * The Taproot output a cohort's signals are spent from: internal key = KeyAgg of the sorted keys
 * (BIP-327), and leaf A and leaf B each present or absent.
 *
 * <p>Without leaves it is the n-of-n key path alone, tweaked with an empty root (BIP-341). Nothing
 * but keys, k, recovery key and sequence enters the address. Refuses two keys that differ only in
 * parity.
 */
public final class BeaconOutput {
  private final KeyAggContext untweaked;
  private final @Nullable ThresholdLeaf leafA;
  private final @Nullable RecoveryLeaf leafB;
  private final @Nullable TapTree tree;
  private final @Nullable Bytes merkleRoot;
  private final KeyAggContext tweaked;

  private BeaconOutput(
      KeyAggContext untweaked, @Nullable ThresholdLeaf leafA, @Nullable RecoveryLeaf leafB) {
    this.untweaked = untweaked;
    this.leafA = leafA;
    this.leafB = leafB;
    this.tree = treeOf(leafA, leafB);
    this.merkleRoot = tree == null ? null : tree.hash();
    this.tweaked = untweaked.withXOnlyTweak(tweak());
  }

  /**
   * The output of these keys without leaves.
   *
   * @param keys compressed, 33 bytes each, in any order
   * @throws InvalidKeySetException if there is none, or one x-only key twice
   * @throws org.beaconcohort.musig2.protocol.InvalidContributionException if one is not a key; the
   *     signer is its index in the sorted list
   */
  public static BeaconOutput of(Collection<Bytes> keys) {
    if (keys.isEmpty()) {
      throw new InvalidKeySetException("cohort must have at least one key, got none");
    }
    List<Bytes> sorted = KeySort.sort(List.copyOf(keys));
    KeyAggContext context = KeyAggContext.of(sorted);
    Set<Bytes> seen = new HashSet<>();
    for (Bytes key : sorted) {
      if (!seen.add(xOnly(key))) {
        throw new InvalidKeySetException(
            "cohort keys must differ as x-only keys, got twice " + xOnly(key));
      }
    }
    return new BeaconOutput(context, null, null);
  }

  /**
   * This output with leaf A: {@code threshold} of the keys may sign instead of all.
   *
   * @throws org.beaconcohort.cohort.bitcoin.script.InvalidLeafException if the threshold is not
   *     from 1 to n, or n is above 100
   */
  public BeaconOutput withLeafA(int threshold) {
    return new BeaconOutput(untweaked, new ThresholdLeaf(xOnlyKeys(), threshold), leafB);
  }

  /**
   * This output with leaf B: {@code recoveryKey} alone may sign when the coin is {@code sequence}
   * blocks old.
   *
   * @param recoveryKey x-only, 32 bytes
   * @throws org.beaconcohort.cohort.bitcoin.script.InvalidLeafException if the key is no key, or
   *     the sequence is not from 1 to 65535
   */
  public BeaconOutput withLeafB(Bytes recoveryKey, int sequence) {
    return new BeaconOutput(untweaked, leafA, new RecoveryLeaf(recoveryKey, sequence));
  }

  /** The cohort keys, compressed, sorted as BIP-327's KeySort does. */
  public List<Bytes> keys() {
    return untweaked.keys();
  }

  /** The same keys in the same order, x-only. */
  public List<Bytes> xOnlyKeys() {
    return keys().stream().map(BeaconOutput::xOnly).toList();
  }

  /** The aggregate key before the tweak, x-only. */
  public Bytes internalKey() {
    return untweaked.xOnlyAggregateKey();
  }

  /** Leaf A, if the terms want one. */
  public Optional<ThresholdLeaf> leafA() {
    return Optional.ofNullable(leafA);
  }

  /** Leaf B, if the terms want one. */
  public Optional<RecoveryLeaf> leafB() {
    return Optional.ofNullable(leafB);
  }

  /** The root of the script tree, 32 bytes, if there is a leaf. */
  public Optional<Bytes> merkleRoot() {
    return Optional.ofNullable(merkleRoot);
  }

  /** The Taproot tweak, 32 bytes. */
  public Bytes tweak() {
    return TaprootTweak.tweak(internalKey(), merkleRoot());
  }

  /** The tweaked key in the script, x-only. */
  public Bytes outputKey() {
    return tweaked.xOnlyAggregateKey();
  }

  /** 1 if the output key's y is odd, else 0. */
  public int outputKeyParity() {
    return tweaked.aggregateKey().at(0) & 1;
  }

  /** The output script, 34 bytes. */
  public Bytes script() {
    return address(Network.REGTEST).script();
  }

  /** The beacon address, of which {@link SegwitAddress#text} is what people exchange. */
  public SegwitAddress address(Network network) {
    return SegwitAddress.p2tr(network, outputKey());
  }

  /** The aggregation with the tweak applied: what members sign the key path with. */
  public KeyAggContext signingContext() {
    return tweaked;
  }

  /**
   * The control block that reveals a leaf.
   *
   * @throws IllegalArgumentException if the leaf is not one of this output's
   */
  public Bytes controlBlock(TapTree.Leaf leaf) {
    if (tree == null) {
      throw new IllegalArgumentException("output must have a leaf to reveal, got none");
    }
    return tree.controlBlock(leaf, internalKey(), outputKeyParity());
  }

  /**
   * The witness that spends leaf A.
   *
   * @param signatures exactly k signatures of 64 bytes by x-only key
   * @throws InvalidSpendException if there is no leaf A
   * @throws org.beaconcohort.cohort.bitcoin.script.InvalidLeafException as {@link
   *     ThresholdLeaf#stack}
   */
  public List<Bytes> leafAWitness(Map<Bytes, Bytes> signatures) {
    if (leafA == null) {
      throw new InvalidSpendException("output must have leaf A to be spent by it, got none");
    }
    return witness(leafA.stack(signatures), leafA.leaf());
  }

  /**
   * The witness that spends leaf B, in an input with at least its sequence.
   *
   * @param signature 64 bytes by the recovery key
   * @throws InvalidSpendException if there is no leaf B
   * @throws org.beaconcohort.cohort.bitcoin.script.InvalidLeafException if the signature is not 64
   *     bytes
   */
  public List<Bytes> leafBWitness(Bytes signature) {
    if (leafB == null) {
      throw new InvalidSpendException("output must have leaf B to be spent by it, got none");
    }
    return witness(leafB.stack(signature), leafB.leaf());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BeaconOutput output
        && keys().equals(output.keys())
        && Objects.equals(leafA, output.leafA)
        && Objects.equals(leafB, output.leafB);
  }

  @Override
  public int hashCode() {
    return tweaked.hashCode();
  }

  @Override
  public String toString() {
    return "BeaconOutput " + script();
  }

  private List<Bytes> witness(List<Bytes> stack, TapTree.Leaf leaf) {
    List<Bytes> witness = new ArrayList<>(stack);
    witness.add(leaf.script());
    witness.add(controlBlock(leaf));
    return List.copyOf(witness);
  }

  private static @Nullable TapTree treeOf(
      @Nullable ThresholdLeaf leafA, @Nullable RecoveryLeaf leafB) {
    if (leafA == null) {
      return leafB == null ? null : leafB.leaf();
    }
    return leafB == null ? leafA.leaf() : new TapTree.Branch(leafA.leaf(), leafB.leaf());
  }

  private static Bytes xOnly(Bytes compressed) {
    return compressed.slice(1, 33);
  }
}
