package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.oracle.RandomCohort.Tweaks;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why the library's MuSig2 calls are an oracle here and no engine. */
@Tag("names-its-engines")
final class TheirNonceReuseTest {
  @Test
  void theirSecretNonceSignsAsOftenAsAsked() {
    SeededRandom random = new SeededRandom(80);
    TheirCohort theirs =
        new TheirCohort(Libsecp256k1.orSkip(), RandomCohort.of(random, Tweaks.NONE, 2));
    Bytes own = theirs.startNonce(0, 1, random.bytes(32));
    theirs.openSession(theirs.aggregateNonces(List.of(own, anyNonce(random))));
    Bytes first = theirs.sign(0);
    assertEquals(first, theirs.sign(0));
    theirs.openSession(theirs.aggregateNonces(List.of(own, anyNonce(random))));
    assertNotEquals(first, theirs.sign(0), "a second equation with the same nonce");
  }

  private static Bytes anyNonce(SeededRandom random) {
    return Bytes.concat(random.key().publicKey(), random.key().publicKey());
  }
}
