package org.beaconcohort.cohort.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** What two controllers compute from each other's DID. */
final class PairTest {
  private static final SecretKey ONE = key(1);
  private static final SecretKey TWO = key(2);

  @Test
  void bothSidesComputeTheSameAndOneOfThemAnnounces() {
    for (int i = 3; i < 20; i++) {
      SecretKey key = key(i);
      Pair own = Pair.of(did(ONE), did(key));
      Pair other = Pair.of(did(key), did(ONE));
      assertEquals(own.coordinator(), other.coordinator());
      assertEquals(own.successor(), other.successor());
      assertNotEquals(own.announces(), other.announces());
      assertEquals(did(ONE).text().compareTo(did(key).text()) < 0, own.announces());
      CohortTerms plain = Simulation.terms(2, 2);
      assertEquals(own.terms(plain).hash(), other.terms(plain).hash());
      SecretKey first = own.announces() ? own.identity(ONE) : other.identity(key);
      SecretKey second = own.announces() ? other.identity(key) : own.identity(ONE);
      assertEquals(own.coordinator(), first.xOnlyPublicKey());
      assertEquals(own.successor(), second.xOnlyPublicKey());
    }
  }

  @Test
  void everyPairHasKeysOfItsOwn() {
    Pair pair = Pair.of(did(ONE), did(TWO));
    Pair other = Pair.of(did(ONE), did(key(3)));
    assertFalse(pair.identity(ONE).publicKey().equals(other.identity(ONE).publicKey()));
    assertFalse(pair.identity(ONE).publicKey().equals(ONE.publicKey()));
  }

  @Test
  void theTermsAreForTheTwoAndNobodyElse() {
    Pair pair = Pair.of(did(ONE), did(TWO));
    CohortTerms terms = pair.terms(Simulation.terms(2, 8));
    assertEquals(2, terms.minMembers());
    assertEquals(2, terms.maxMembers());
    assertEquals(1, terms.maxDidsPerMember());
    assertEquals(List.of(pair.successor()), terms.successors());
    assertTrue(terms.leaf().admits(did(ONE).text()));
    assertTrue(terms.leaf().admits(did(TWO).text()));
    assertFalse(terms.leaf().admits(did(key(3)).text()));
  }

  @Test
  void whatIsNoPairIsRefused() {
    Btcr2Did hashed = Btcr2Did.ofGenesisHash(Network.REGTEST, Bytes.of(new byte[32]));
    Btcr2Did elsewhere = Btcr2Did.ofKey(Network.SIGNET, TWO.publicKey());
    for (Btcr2Did other : List.of(did(ONE), hashed, elsewhere)) {
      assertThrows(IllegalArgumentException.class, () -> Pair.of(did(ONE), other));
    }
    Pair pair = Pair.of(did(ONE), did(TWO));
    assertThrows(IllegalArgumentException.class, () -> pair.identity(TWO));
  }

  private static SecretKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return SecretKey.of(bytes);
  }

  private static Btcr2Did did(SecretKey key) {
    return Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
  }
}
