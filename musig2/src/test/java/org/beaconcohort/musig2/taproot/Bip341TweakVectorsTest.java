package org.beaconcohort.musig2.taproot;

import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.beaconcohort.musig2.vectors.VectorFile.optionalBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.vectors.VectorFile;
import org.junit.jupiter.api.Test;

final class Bip341TweakVectorsTest {
  private static final String FILE = "wallet-test-vectors.json";

  @Test
  void everyOutputKeyIsAsListed() {
    int cases = 0;
    for (JsonNode output : VectorFile.json("BIP-341", FILE).get("scriptPubKey")) {
      Bytes internal = bytes(output.at("/given/internalPubkey"));
      Optional<Bytes> root = optionalBytes(output.at("/intermediary/merkleRoot"));
      TaprootOutputKey key = TaprootTweak.outputKey(internal, root);
      assertEquals(
          bytes(output.at("/intermediary/tweak")), TaprootTweak.tweak(internal, root), "tweak");
      assertEquals(bytes(output.at("/intermediary/tweakedPubkey")), key.xOnly(), "output key");
      JsonNode controlBlocks = output.at("/expected/scriptPathControlBlocks");
      controlBlocks.forEach(
          block -> assertEquals(bytes(block).at(0) & 1, key.parity(), "parity in " + block));
      cases++;
    }
    VectorFile.report("BIP-341", FILE + " (output keys)", cases);
    assertEquals(7, cases);
  }

  @Test
  void everyKeyPathKeyIsAsListedAndSignsAsListed() {
    int cases = 0;
    JsonNode spending = VectorFile.json("BIP-341", FILE).at("/keyPathSpending/0/inputSpending");
    for (JsonNode input : spending) {
      SecretKey internal = SecretKey.of(bytes(input.at("/given/internalPrivkey")).toArray());
      assertEquals(bytes(input.at("/intermediary/internalPubkey")), internal.xOnlyPublicKey());
      Optional<Bytes> root = optionalBytes(input.at("/given/merkleRoot"));
      SecretKey tweaked = internal.tweakedForTaproot(root);
      SecretKey listed = SecretKey.of(bytes(input.at("/intermediary/tweakedPrivkey")).toArray());
      assertEquals(listed.publicKey(), tweaked.publicKey());
      Bytes sighash = bytes(input.at("/intermediary/sigHash"));
      Bytes signature = Schnorr.sign(tweaked, sighash, Bytes.of(new byte[32]));
      assertTrue(Schnorr.verify(tweaked.xOnlyPublicKey(), sighash, signature));
      assertEquals(bytes(input.at("/expected/witness/0")).slice(0, 64), signature, "witness");
      cases++;
    }
    VectorFile.report("BIP-341", FILE + " (key path keys)", cases);
    assertEquals(7, cases);
  }
}
