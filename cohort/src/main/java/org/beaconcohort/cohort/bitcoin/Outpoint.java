package org.beaconcohort.cohort.bitcoin;

import java.util.HexFormat;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A transaction output by txid and index.
 *
 * <p>{@code txid} has 32 bytes in internal order, as hashed and serialized; {@link #displayTxid}
 * and {@link #ofDisplay} reverse it, because explorers, RPC and our JSON show it reversed.
 */
public record Outpoint(Bytes txid, int vout) implements Comparable<Outpoint> {
  /** What the only input of a coinbase transaction names: txid 0 and index 2^32-1 (kept as -1). */
  public static final Outpoint COINBASE = new Outpoint(Bytes.of(new byte[32]), -1);

  public Outpoint {
    if (txid.size() != 32) {
      throw new MalformedTransactionException("txid must be 32 bytes, got " + txid.size());
    }
    if (vout < 0 && !(vout == -1 && txid.equals(Bytes.of(new byte[32])))) {
      throw new MalformedTransactionException(
          "outpoint index must be 0 to 2^31-1, got " + vout + " of " + reversedHex(txid));
    }
  }

  /**
   * The outpoint of a txid in display order, 64 lower-case hexadecimal characters.
   *
   * @throws MalformedTransactionException for any other text or a negative index
   */
  public static Outpoint ofDisplay(String displayTxid, int vout) {
    if (displayTxid.length() != 64
        || !displayTxid.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new MalformedTransactionException(
          "txid must be 64 lower-case hexadecimal characters, got "
              + (displayTxid.length() == 64 ? "other characters" : displayTxid.length()));
    }
    return new Outpoint(Bytes.of(reversed(Bytes.ofHex(displayTxid))), vout);
  }

  /** Whether this is {@link #COINBASE}. */
  public boolean isCoinbase() {
    return vout < 0;
  }

  /** The txid as people and explorers write it. */
  public String displayTxid() {
    return reversedHex(txid);
  }

  /** By txid in internal order, then by index. */
  @Override
  public int compareTo(Outpoint other) {
    int byTxid = txid.compareTo(other.txid);
    return byTxid != 0 ? byTxid : Integer.compare(vout, other.vout);
  }

  /** Display txid, colon, index. */
  @Override
  public String toString() {
    return displayTxid() + ":" + vout;
  }

  /** Display order of a hash in internal order. */
  static String reversedHex(Bytes internal) {
    return HexFormat.of().formatHex(reversed(internal));
  }

  private static byte[] reversed(Bytes bytes) {
    byte[] result = new byte[bytes.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) bytes.at(result.length - 1 - i);
    }
    return result;
  }
}
