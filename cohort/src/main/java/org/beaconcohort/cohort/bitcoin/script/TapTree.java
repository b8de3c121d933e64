package org.beaconcohort.cohort.bitcoin.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/** A Taproot script tree (BIP-341): leaves with a version and a script, and branches of two. */
public sealed interface TapTree {
  /** The leaf version of tapscript (BIP-342). */
  int TAPSCRIPT = 0xc0;

  /** A script under a leaf version, which is even and one byte. */
  record Leaf(int version, Bytes script) implements TapTree {
    public Leaf {
      if (version < 0 || version > 0xfe || version % 2 != 0) {
        throw new IllegalArgumentException(
            "leaf version must be an even byte, got 0x" + Integer.toHexString(version));
      }
    }

    @Override
    public Bytes hash() {
      return TaggedHash.hash("TapLeaf", new ByteWriter().u8(version).sized(script).toBytes());
    }
  }

  /** Two subtrees; their order does not matter to the hash. */
  record Branch(TapTree left, TapTree right) implements TapTree {
    @Override
    public Bytes hash() {
      Bytes a = left.hash();
      Bytes b = right.hash();
      return a.compareTo(b) <= 0
          ? TaggedHash.hash("TapBranch", a, b)
          : TaggedHash.hash("TapBranch", b, a);
    }
  }

  /** A tapscript leaf. */
  static Leaf tapscript(Bytes script) {
    return new Leaf(TAPSCRIPT, script);
  }

  /** TapLeaf or TapBranch hash, 32 bytes; the merkle root if this is the whole tree. */
  Bytes hash();

  /** The sibling hashes from {@code leaf} up to this tree's root, if the leaf is in it. */
  default Optional<List<Bytes>> path(Leaf leaf) {
    return switch (this) {
      case Leaf here -> here.equals(leaf) ? Optional.of(List.of()) : Optional.empty();
      case Branch branch -> {
        Optional<List<Bytes>> left = branch.left.path(leaf);
        Optional<List<Bytes>> below = left.isPresent() ? left : branch.right.path(leaf);
        TapTree sibling = left.isPresent() ? branch.right : branch.left;
        yield below.map(hashes -> {
          List<Bytes> longer = new ArrayList<>(hashes);
          longer.add(sibling.hash());
          return List.copyOf(longer);
        });
      }
    };
  }

  /**
   * The control block that reveals {@code leaf} of this tree: 33 bytes and 32 per level.
   *
   * @param internalKey x-only, 32 bytes
   * @param outputKeyParity 1 if the output key's y is odd, else 0
   */
  default Bytes controlBlock(Leaf leaf, Bytes internalKey, int outputKeyParity) {
    List<Bytes> path =
        path(leaf)
            .orElseThrow(
                () -> new IllegalArgumentException("leaf must be one of this tree's leaves"));
    ByteWriter block = new ByteWriter().u8(leaf.version | outputKeyParity).bytes(internalKey);
    path.forEach(block::bytes);
    return block.toBytes();
  }
}
