package org.beaconcohort.cohort.bitcoin;

import static org.beaconcohort.cohort.bitcoin.VectorFiles.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.bitcoin.script.TapTree;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.taproot.TaprootOutputKey;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.api.Test;

/** BIP-341's wallet-test-vectors.json: outputs, sighashes, key-path spends. */
class Bip341VectorsTest {
  private static final String FILE = "vectors/bip341/wallet-test-vectors.json";
  private static final Bytes NO_AUXILIARY_RANDOMNESS = Bytes.of(new byte[32]);

  @Test
  void outputsAreThoseOfTheVectors() {
    int outputs = 0;
    int leaves = 0;
    for (JsonNode vector : VectorFiles.read(FILE).get("scriptPubKey")) {
      leaves += checkOutput(vector);
      outputs++;
    }
    assertEquals(7, outputs);
    System.out.println("BIP-341 wallet vectors: " + outputs + " outputs, " + leaves + " leaves");
  }

  @Test
  void sighashesAndKeyPathSpendsAreThoseOfTheVectors() {
    int inputs = 0;
    for (JsonNode vector : VectorFiles.read(FILE).get("keyPathSpending")) {
      Transaction unsigned = Transaction.parse(bytes(vector.get("given").get("rawUnsignedTx")));
      List<TxOutput> prevouts = new ArrayList<>();
      for (JsonNode spent : vector.get("given").get("utxosSpent")) {
        prevouts.add(
            new TxOutput(spent.get("amountSats").longValue(), bytes(spent.get("scriptPubKey"))));
      }
      Transaction signed = Transaction.parse(bytes(vector.get("auxiliary").get("fullySignedTx")));
      assertEquals(unsigned.inputs().size(), signed.inputs().size());
      for (JsonNode input : vector.get("inputSpending")) {
        checkKeyPathSpend(input, unsigned, prevouts, signed);
        inputs++;
      }
      Oracle.accept(signed, prevouts);
    }
    assertEquals(7, inputs);
    System.out.println("BIP-341 wallet vectors: " + inputs + " key-path spends");
  }

  private static int checkOutput(JsonNode vector) {
    JsonNode given = vector.get("given");
    JsonNode between = vector.get("intermediary");
    JsonNode expected = vector.get("expected");
    Bytes internalKey = bytes(given.get("internalPubkey"));
    List<TapTree.Leaf> leaves = new ArrayList<>();
    Optional<TapTree> tree =
        given.get("scriptTree").isNull()
            ? Optional.empty()
            : Optional.of(tree(given.get("scriptTree"), leaves));
    Optional<Bytes> root = tree.map(TapTree::hash);
    assertEquals(between.get("merkleRoot").isNull(), root.isEmpty());
    root.ifPresent(hash -> assertEquals(bytes(between.get("merkleRoot")), hash));
    assertEquals(bytes(between.get("tweak")), TaprootTweak.tweak(internalKey, root));
    TaprootOutputKey outputKey = TaprootTweak.outputKey(internalKey, root);
    assertEquals(bytes(between.get("tweakedPubkey")), outputKey.xOnly());
    SegwitAddress address = SegwitAddress.p2tr(Network.BITCOIN, outputKey.xOnly());
    assertEquals(expected.get("bip350Address").textValue(), address.text());
    assertEquals(bytes(expected.get("scriptPubKey")), address.script());
    for (int i = 0; i < leaves.size(); i++) {
      assertEquals(bytes(between.get("leafHashes").get(i)), leaves.get(i).hash());
      assertEquals(
          bytes(expected.get("scriptPathControlBlocks").get(i)),
          tree.orElseThrow().controlBlock(leaves.get(i), internalKey, outputKey.parity()));
    }
    return leaves.size();
  }

  private static TapTree tree(JsonNode node, List<TapTree.Leaf> leaves) {
    if (node.isArray()) {
      TapTree left = tree(node.get(0), leaves);
      return new TapTree.Branch(left, tree(node.get(1), leaves));
    }
    TapTree.Leaf leaf =
        new TapTree.Leaf(node.get("leafVersion").intValue(), bytes(node.get("script")));
    assertEquals(leaves.size(), node.get("id").intValue(), "leaves are numbered from the left");
    leaves.add(leaf);
    return leaf;
  }

  private static void checkKeyPathSpend(
      JsonNode vector, Transaction unsigned, List<TxOutput> prevouts, Transaction signed) {
    JsonNode given = vector.get("given");
    int index = given.get("txinIndex").intValue();
    int hashType = given.get("hashType").intValue();
    Optional<Bytes> root =
        given.get("merkleRoot").isNull()
            ? Optional.empty()
            : Optional.of(bytes(given.get("merkleRoot")));
    JsonNode between = vector.get("intermediary");
    assertEquals(
        bytes(between.get("sigMsg")).slice(1, bytes(between.get("sigMsg")).size()),
        Sighash.keyPathMessage(unsigned, index, prevouts, hashType));
    Bytes sighash = Sighash.keyPath(unsigned, index, prevouts, hashType);
    assertEquals(bytes(between.get("sigHash")), sighash);
    SecretKey key = SecretKey.of(bytes(given.get("internalPrivkey")).toArray());
    assertEquals(bytes(between.get("internalPubkey")), key.xOnlyPublicKey());
    assertEquals(bytes(between.get("tweak")), TaprootTweak.tweak(key.xOnlyPublicKey(), root));
    Bytes signature = Schnorr.sign(key.tweakedForTaproot(root), sighash, NO_AUXILIARY_RANDOMNESS);
    Bytes withType =
        hashType == Sighash.DEFAULT
            ? signature
            : Bytes.concat(signature, Bytes.of(new byte[] {(byte) hashType}));
    assertEquals(bytes(vector.get("expected").get("witness").get(0)), withType);
    assertEquals(List.of(withType), signed.inputs().get(index).witness());
    assertTrue(Schnorr.verify(prevouts.get(index).script().slice(2, 34), sighash, signature));
  }
}
