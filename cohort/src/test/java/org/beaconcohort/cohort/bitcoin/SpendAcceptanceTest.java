package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.script.RecoveryLeaf;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.junit.jupiter.api.Test;

/** Every kind of spend this project makes, run by bitcoin-kmp's interpreter. */
class SpendAcceptanceTest {
  private static final long SEED = 341;

  private final SecureRandom random = GoldenCohort.random(SEED);

  @Test
  void keyPathSpendsOfEveryTreeAreAccepted() {
    for (int n = 1; n <= 4; n++) {
      List<SecretKey> members = members(n);
      BeaconOutput plain = BeaconOutput.of(publicKeys(members));
      for (BeaconOutput output :
          List.of(
              plain,
              plain.withLeafA(n),
              plain.withLeafB(GoldenCohort.RECOVERY, 144),
              plain.withLeafA(1).withLeafB(GoldenCohort.RECOVERY, 65_535))) {
        BeaconTransaction transaction = transaction(output, BeaconTransaction.SEQUENCE);
        Transaction signed =
            transaction.withKeyPathSignature(
                musig2(members, output.signingContext(), transaction.keyPathSighash()));
        assertEquals(154, signed.vsize());
        Oracle.accept(signed, List.of(transaction.template().prevout()));
      }
    }
  }

  @Test
  void leafASpendsByEveryMajorityAreAccepted() {
    List<SecretKey> members = members(4);
    for (int signers = 1; signers < 16; signers++) {
      List<SecretKey> present = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        if ((signers >>> i & 1) != 0) {
          present.add(members.get(i));
        }
      }
      BeaconOutput output = BeaconOutput.of(publicKeys(members)).withLeafA(present.size());
      spendLeafA(output, present);
      spendLeafA(output.withLeafB(GoldenCohort.RECOVERY, 1), present);
    }
  }

  @Test
  void leafASpendsOfMoreThanSixteenAreAccepted() {
    List<SecretKey> members = members(20);
    BeaconOutput output = BeaconOutput.of(publicKeys(members)).withLeafA(17);
    spendLeafA(output, members.subList(0, 17));
  }

  @Test
  void leafBSpendsAreAcceptedFromItsSequenceOnAndNotBefore() {
    SecretKey owner = GoldenCohort.recovery();
    for (int sequence : new int[] {1, 16, 17, 144, 32_768, 65_535}) {
      BeaconOutput output =
          BeaconOutput.of(publicKeys(members(2))).withLeafB(GoldenCohort.RECOVERY, sequence);
      for (BeaconOutput either : List.of(output, output.withLeafA(2))) {
        Oracle.accept(recover(either, owner, sequence), List.of(prevout(either)));
        assertThrows(
            RuntimeException.class,
            () -> Oracle.accept(recover(either, owner, sequence - 1), List.of(prevout(either))));
      }
    }
  }

  @Test
  void aRecoverySpendIsOneHundredEightyVirtualBytesOrOneMore() {
    BeaconOutput output = BeaconOutput.of(publicKeys(members(2))).withLeafA(2);
    for (Map.Entry<Integer, Integer> size : Map.of(10, 180, 144, 181).entrySet()) {
      BeaconOutput recoverable = output.withLeafB(GoldenCohort.RECOVERY, size.getKey());
      assertEquals(
          size.getValue(), recover(recoverable, GoldenCohort.recovery(), size.getKey()).vsize());
    }
  }

  @Test
  void singletonSpendsAreAccepted() {
    for (int coins = 1; coins <= 3; coins++) {
      SecretKey key = SecretKey.generate(random);
      SingletonSpend spend = singleton(key, coins);
      Transaction signed = spend.sign(key, random);
      assertEquals(SingletonSpend.vsize(coins), signed.vsize());
      assertEquals(spend.unsigned().txid(), signed.txid());
      assertEquals(Optional.of(spend.signal()), SignalOutput.of(signed));
      Oracle.accept(signed, spend.coins().stream().map(SingletonSpend.Coin::output).toList());
    }
  }

  @Test
  void theInterpreterNoticesAChangedAmountAndAChangedSignature() {
    SecretKey key = SecretKey.generate(random);
    SingletonSpend spend = singleton(key, 1);
    Transaction signed = spend.sign(key, random);
    TxOutput spent = spend.coins().get(0).output();
    TxOutput richer = new TxOutput(spent.value() + 1, spent.script());
    assertThrows(RuntimeException.class, () -> Oracle.accept(signed, List.of(richer)));
    Transaction blank =
        new Transaction(
            2,
            List.of(signed.inputs().get(0).withWitness(List.of(Bytes.of(new byte[64])))),
            signed.outputs(),
            0);
    assertThrows(RuntimeException.class, () -> Oracle.accept(blank, List.of(spent)));
  }

  private void spendLeafA(BeaconOutput output, List<SecretKey> present) {
    BeaconTransaction transaction = transaction(output, BeaconTransaction.SEQUENCE);
    ThresholdLeaf leaf = output.leafA().orElseThrow();
    Bytes sighash = transaction.leafSighash(leaf);
    Map<Bytes, Bytes> signatures = new HashMap<>();
    for (SecretKey signer : present) {
      signatures.put(signer.xOnlyPublicKey(), Schnorr.sign(signer, sighash, fresh()));
    }
    Transaction signed = transaction.withLeafASignatures(output, signatures);
    assertEquals(transaction.template().leafAVsize(output), signed.vsize());
    Oracle.accept(signed, List.of(prevout(output)));
  }

  private Transaction recover(BeaconOutput output, SecretKey owner, int sequence) {
    RecoveryLeaf leaf = output.leafB().orElseThrow();
    Transaction unsigned = transaction(output, sequence).unsigned();
    Bytes sighash =
        Sighash.scriptPath(
            unsigned, 0, List.of(prevout(output)), Sighash.DEFAULT, leaf.leaf().hash());
    List<Bytes> witness = output.leafBWitness(Schnorr.sign(owner, sighash, fresh()));
    return new Transaction(
        2, List.of(unsigned.inputs().get(0).withWitness(witness)), unsigned.outputs(), 0);
  }

  private Bytes musig2(List<SecretKey> members, KeyAggContext context, Bytes message) {
    List<SecretKey> inOrder = new ArrayList<>(members);
    inOrder.sort((a, b) -> a.publicKey().compareTo(b.publicKey()));
    List<SigningSession> sessions = new ArrayList<>();
    for (SecretKey member : inOrder) {
      sessions.add(
          SigningSession.start(member, context, Optional.of(message), Bytes.EMPTY, random));
    }
    Bytes aggregateNonce =
        NonceAgg.aggregate(sessions.stream().map(SigningSession::publicNonce).toList());
    SessionContext session = SessionContext.of(aggregateNonce, context, message);
    return PartialSigAgg.aggregate(
        session, sessions.stream().map(signer -> signer.sign(session)).toList());
  }

  private BeaconTransaction transaction(BeaconOutput output, long sequence) {
    TxOutput prevout = prevout(output);
    TxOutput change = new TxOutput(prevout.value() - 300, output.script());
    return new BeaconTransaction(
        new BeaconTransaction.Template(
            GoldenCohort.OUTPOINT, prevout, 300, List.of(change), 2, 0, sequence),
        fresh());
  }

  private SingletonSpend singleton(SecretKey key, int count) {
    List<SingletonSpend.Coin> coins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TxOutput output = new TxOutput(5_000 + i, SingletonSpend.script(key.xOnlyPublicKey()));
      coins.add(new SingletonSpend.Coin(new Outpoint(fresh(), i), output));
    }
    return new SingletonSpend(coins, 400, fresh());
  }

  private static TxOutput prevout(BeaconOutput output) {
    return new TxOutput(50_000, output.script());
  }

  private List<SecretKey> members(int count) {
    List<SecretKey> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(SecretKey.generate(random));
    }
    return members;
  }

  private static List<Bytes> publicKeys(List<SecretKey> members) {
    return members.stream().map(SecretKey::publicKey).toList();
  }

  private Bytes fresh() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
