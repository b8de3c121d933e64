package org.beaconcohort.cohort.bitcoin;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.TxOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.beaconcohort.musig2.bytes.Bytes;

/** bitcoin-kmp, an implementation that shares nothing with ours: parser, sighash, interpreter. */
final class Oracle {
  private Oracle() {}

  static fr.acinq.bitcoin.Transaction read(Transaction transaction) {
    return fr.acinq.bitcoin.Transaction.read(transaction.serialize().toArray());
  }

  static Bytes reserialized(Transaction transaction) {
    return Bytes.of(fr.acinq.bitcoin.Transaction.write(read(transaction)));
  }

  static Bytes keyPathSighash(
      Transaction transaction, int input, List<TxOutput> prevouts, int hashType) {
    return bytes(
        read(transaction).hashForSigningTaprootKeyPath(input, theirs(prevouts), hashType, null));
  }

  static Bytes scriptPathSighash(
      Transaction transaction, int input, List<TxOutput> prevouts, int hashType, Bytes leafHash) {
    return bytes(
        read(transaction)
            .hashForSigningTaprootScriptPath(
                input, theirs(prevouts), hashType, new ByteVector32(leafHash.toArray()), null));
  }

  /** Runs every input's scripts under the rules of relaying nodes; throws if one fails. */
  static void accept(Transaction transaction, List<TxOutput> prevouts) {
    fr.acinq.bitcoin.Transaction theirs = read(transaction);
    Map<OutPoint, TxOut> spent = new HashMap<>();
    for (int i = 0; i < prevouts.size(); i++) {
      spent.put(theirs.txIn.get(i).outPoint, theirs(prevouts).get(i));
    }
    theirs.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
  }

  private static List<TxOut> theirs(List<TxOutput> outputs) {
    List<TxOut> result = new ArrayList<>();
    for (TxOutput output : outputs) {
      result.add(new TxOut(new Satoshi(output.value()), new ByteVector(output.script().toArray())));
    }
    return result;
  }

  private static Bytes bytes(ByteVector32 vector) {
    return Bytes.of(vector.toByteArray());
  }
}
