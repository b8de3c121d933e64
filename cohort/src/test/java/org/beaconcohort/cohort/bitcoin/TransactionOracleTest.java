package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Our transactions and sighashes against bitcoin-kmp's, on random transactions. */
class TransactionOracleTest {
  private static final long SEED = 20261120;
  private static final int[] HASH_TYPES = {0, 1, 2, 3, 0x81, 0x82, 0x83};

  @Test
  void serializationIdsAndWeightAreTheOracles() {
    RandomTransactions transactions = new RandomTransactions(SEED);
    for (int round = 0; round < 300; round++) {
      String where = "seed " + SEED + ", round " + round;
      Transaction ours = transactions.next();
      fr.acinq.bitcoin.Transaction theirs = Oracle.read(ours);
      assertEquals(ours.serialize(), Oracle.reserialized(ours), where);
      assertEquals(ours, Transaction.parse(ours.serialize()), where);
      assertEquals(theirs.txid.toString(), ours.displayTxid(), where);
      assertEquals(theirs.hash.toString(), ours.txid().hex(), where);
      assertEquals(theirs.weight(), ours.weight(), where);
      assertEquals(ours.lockTime(), theirs.lockTime, where);
      assertEquals(
          ours.outputValue(), theirs.txOut.stream().mapToLong(o -> o.amount.toLong()).sum());
    }
  }

  @Test
  void sighashesOfAllHashTypesAreTheOracles() {
    RandomTransactions transactions = new RandomTransactions(SEED + 1);
    int compared = 0;
    for (int round = 0; round < 60; round++) {
      Transaction transaction = transactions.next();
      List<TxOutput> prevouts = transactions.outputs(transaction.inputs().size());
      int input = transactions.below(transaction.inputs().size());
      Bytes leafHash = transactions.bytes(32);
      for (int hashType : HASH_TYPES) {
        if ((hashType & 3) == 3 && input >= transaction.outputs().size()) {
          continue;
        }
        String where = "seed " + (SEED + 1) + ", round " + round + ", type " + hashType;
        assertEquals(
            Oracle.keyPathSighash(transaction, input, prevouts, hashType),
            Sighash.keyPath(transaction, input, prevouts, hashType),
            where);
        assertEquals(
            Oracle.scriptPathSighash(transaction, input, prevouts, hashType, leafHash),
            Sighash.scriptPath(transaction, input, prevouts, hashType, leafHash),
            where);
        compared++;
      }
    }
    assertEquals(true, compared > 300, "only " + compared + " sighashes compared");
  }
}
