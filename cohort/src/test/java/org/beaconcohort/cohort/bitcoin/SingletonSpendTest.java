package org.beaconcohort.cohort.bitcoin;

import static org.beaconcohort.cohort.bitcoin.GoldenCohort.OUTPOINT;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.SIGNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SingletonSpendTest {
  private static final Bytes SCRIPT = SingletonSpend.script(GoldenCohort.p0().xOnlyPublicKey());

  @Test
  void theScriptIsTheOneOfBip86() {
    // BIP-86's first receiving address: internal key, then output script.
    assertEquals(
        "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c",
        SingletonSpend.script(
                Bytes.ofHex("cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115"))
            .hex());
  }

  @Test
  void changeGoesBackAndTheSignalIsLast() {
    SingletonSpend spend = new SingletonSpend(List.of(coin(0, 1_000), coin(1, 500)), 300, SIGNAL);
    Transaction unsigned = spend.unsigned();
    assertEquals(List.of(new TxOutput(1_200, SCRIPT), SignalOutput.of(SIGNAL)), unsigned.outputs());
    assertEquals(Optional.of(SIGNAL), SignalOutput.of(unsigned));
    assertEquals(2, unsigned.inputs().size());
  }

  @Test
  void sizesAreKnownBeforeSigning() {
    assertEquals(154, SingletonSpend.vsize(1));
    SecretKey key = GoldenCohort.p0();
    SingletonSpend spend = new SingletonSpend(List.of(coin(0, 1_000), coin(1, 500)), 300, SIGNAL);
    assertEquals(SingletonSpend.vsize(2), spend.sign(key, GoldenCohort.random(86)).vsize());
    assertThrows(IllegalArgumentException.class, () -> SingletonSpend.vsize(0));
  }

  @Test
  void refusesASpendThatMustNotBeSigned() {
    SingletonSpend.Coin foreign =
        new SingletonSpend.Coin(
            new Outpoint(OUTPOINT.txid(), 7), new TxOutput(1_000, GoldenCohort.SCRIPT));
    SingletonSpend.Coin keyHash =
        new SingletonSpend.Coin(
            OUTPOINT, new TxOutput(1_000, Bytes.ofHex("0014" + "ab".repeat(20))));
    refused(() -> new SingletonSpend(List.of(), 0, SIGNAL));
    refused(() -> new SingletonSpend(List.of(coin(0, 1_000), foreign), 300, SIGNAL));
    refused(() -> new SingletonSpend(List.of(keyHash), 300, SIGNAL));
    refused(() -> new SingletonSpend(List.of(coin(0, 1_000)), 671, SIGNAL));
    refused(() -> new SingletonSpend(List.of(coin(0, 1_000)), 1_001, SIGNAL));
    refused(() -> new SingletonSpend(List.of(coin(0, 1_000)), -1, SIGNAL));
    refused(() -> new SingletonSpend(List.of(coin(0, 1_000)), 300, Bytes.EMPTY));
  }

  @Test
  void refusesTheSameCoinTwice() {
    SingletonSpend.Coin coin = coin(0, 1_000);
    assertThrows(
        MalformedTransactionException.class,
        () -> new SingletonSpend(List.of(coin, coin), 300, SIGNAL).unsigned());
  }

  @Test
  void refusesAnotherKeysCoins() {
    SingletonSpend spend = new SingletonSpend(List.of(coin(0, 1_000)), 300, SIGNAL);
    refused(() -> spend.sign(GoldenCohort.p1(), GoldenCohort.random(1)));
  }

  private static SingletonSpend.Coin coin(int index, long value) {
    return new SingletonSpend.Coin(
        new Outpoint(OUTPOINT.txid(), index), new TxOutput(value, SCRIPT));
  }

  private static void refused(Executable action) {
    assertThrows(InvalidSpendException.class, action);
  }
}
