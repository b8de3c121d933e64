package org.beaconcohort.cohort.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.bitcoin.Sighash;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * {@code <x1> CHECKSIG <x2> CHECKSIGADD … <k> NUMEQUAL} as the checker reads and judges it, by
 * BIP-341 and BIP-342 and nothing of the program's.
 *
 * @param keys x-only, 32 bytes each
 * @param k how many sign
 */
public record LeafScript(List<Bytes> keys, int k) {
  private static final int PUSH_32 = 0x20;
  private static final int CHECKSIG = 0xac;
  private static final int CHECKSIGADD = 0xba;
  private static final int NUMEQUAL = 0x9c;
  private static final int OP_0 = 0x50;

  /** Copies the list. */
  public LeafScript {
    keys = List.copyOf(keys);
  }

  /** The script of this form, if it is one. */
  static Optional<LeafScript> read(Bytes script) {
    List<Bytes> keys = new ArrayList<>();
    int at = 0;
    while (at + 33 < script.size() && octet(script, at) == PUSH_32) {
      int then = octet(script, at + 33);
      if (then != (keys.isEmpty() ? CHECKSIG : CHECKSIGADD)) {
        return Optional.empty();
      }
      keys.add(script.slice(at + 1, at + 33));
      at += 34;
    }
    if (at + 2 == script.size() && octet(script, at + 1) == NUMEQUAL) {
      return Optional.of(new LeafScript(keys, octet(script, at) - OP_0));
    }
    return at + 3 == script.size() && octet(script, at) == 1 && octet(script, at + 2) == NUMEQUAL
        ? Optional.of(new LeafScript(keys, octet(script, at + 1)))
        : Optional.empty();
  }

  /** Its bytes. */
  Bytes bytes() {
    List<Bytes> parts = new ArrayList<>();
    for (Bytes key : keys) {
      parts.add(Bytes.of(new byte[] {PUSH_32}));
      parts.add(key);
      parts.add(Bytes.of(new byte[] {(byte) (parts.size() == 2 ? CHECKSIG : CHECKSIGADD)}));
    }
    parts.add(
        k <= 16 ? Bytes.of(new byte[] {(byte) (OP_0 + k)}) : Bytes.of(new byte[] {1, (byte) k}));
    parts.add(Bytes.of(new byte[] {(byte) NUMEQUAL}));
    return Bytes.concat(parts.toArray(Bytes[]::new));
  }

  /** BIP-341's leaf hash of tapscript. */
  Bytes hash() {
    return hash(bytes());
  }

  private static Bytes hash(Bytes script) {
    int size = script.size();
    byte[] prefix =
        size < 253
            ? new byte[] {(byte) 0xc0, (byte) size}
            : new byte[] {(byte) 0xc0, (byte) 0xfd, (byte) size, (byte) (size >> 8)};
    return TaggedHash.hash("TapLeaf", Bytes.of(prefix), script);
  }

  /** What each signer signs. */
  Bytes sighash(Transaction transaction, int input, TxOutput prevout) {
    return Sighash.scriptPath(transaction, input, List.of(prevout), Sighash.DEFAULT, hash());
  }

  /** Whether an input is spent by exactly k signatures of a script of this form. */
  public static boolean spends(Transaction transaction, int input, TxOutput prevout) {
    List<Bytes> witness = transaction.inputs().get(input).witness();
    if (witness.size() < 3) {
      return false;
    }
    Bytes script = witness.get(witness.size() - 2);
    Optional<LeafScript> leaf = read(script);
    if (leaf.isEmpty()
        || leaf.get().keys().size() != witness.size() - 2
        || !isCommitted(prevout, witness.getLast(), hash(script))) {
      return false;
    }
    Bytes sighash = leaf.get().sighash(transaction, input, prevout);
    Set<Bytes> signers = new TreeSet<>();
    for (int i = 0; i < leaf.get().keys().size(); i++) {
      Bytes key = leaf.get().keys().get(leaf.get().keys().size() - 1 - i);
      Bytes signature = witness.get(i);
      if (signature.size() != 0) {
        if (!Schnorr.verify(key, sighash, signature)) {
          return false;
        }
        signers.add(key);
      }
    }
    return signers.size() == leaf.get().k();
  }

  /** The control block leads from the one leaf to the output key. */
  private static boolean isCommitted(TxOutput prevout, Bytes control, Bytes leafHash) {
    if (control.size() != 33 || (octet(control, 0) & 0xfe) != 0xc0) {
      return false;
    }
    return TaprootTweak.outputKey(control.slice(1, 33), Optional.of(leafHash))
        .xOnly()
        .equals(prevout.script().slice(2, 34));
  }

  private static int octet(Bytes bytes, int at) {
    return bytes.at(at) & 0xff;
  }
}
