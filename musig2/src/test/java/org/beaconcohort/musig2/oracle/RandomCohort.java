package org.beaconcohort.musig2.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.seeded.SeededRandom;

/**
 * What a session is about.
 *
 * @param secrets 32 bytes per seat, in the order of the keys
 * @param keys 33 bytes per seat
 * @param message 32 bytes
 * @param messageKnown whether signers know it when they make their nonces
 */
record RandomCohort(
    List<Bytes> secrets,
    List<Bytes> keys,
    List<Tweak> tweaks,
    Bytes message,
    boolean messageKnown) {
  private static final int MOST_SIGNERS = 16;
  private static final CurveEngine QUICK =
      CurveEngines.libsecp256k1().orElseGet(CurveEngines::bouncyCastle);

  /** One change of the aggregate key. */
  sealed interface Tweak {
    record Plain(Bytes number) implements Tweak {}

    record XOnly(Bytes number) implements Tweak {}

    record Taproot(Optional<Bytes> merkleRoot) implements Tweak {}
  }

  /** Which tweaks a cohort has. */
  enum Tweaks {
    NONE,
    PLAIN,
    X_ONLY,
    TAPROOT_KEY_PATH_ONLY,
    TAPROOT_WITH_MERKLE_ROOT,
    MIXED;

    private static final List<Tweaks> ALL = List.of(values());

    static Tweaks any(SeededRandom random) {
      return ALL.get(random.below(ALL.size()));
    }
  }

  /** 1 to 16 signers, small cohorts more often. */
  static RandomCohort of(SeededRandom random, Tweaks tweaks) {
    return of(random, tweaks, 1 + Math.min(random.below(MOST_SIGNERS), random.below(MOST_SIGNERS)));
  }

  static RandomCohort of(SeededRandom random, Tweaks tweaks, int signers) {
    List<Bytes> secrets = new ArrayList<>();
    for (int i = 0; i < signers; i++) {
      // Now and then somebody has two seats.
      boolean again = i > 0 && random.below(8) == 0;
      secrets.add(again ? secrets.get(random.below(i)) : random.bytes(32));
    }
    List<Seat> seats = new ArrayList<>(secrets.stream().map(Seat::of).toList());
    if (random.below(2) == 0) {
      seats.sort((a, b) -> a.key().compareTo(b.key()));
    }
    return new RandomCohort(
        seats.stream().map(Seat::secret).toList(),
        seats.stream().map(Seat::key).toList(),
        tweaks(random, tweaks),
        random.bytes(32),
        random.below(2) == 0);
  }

  private record Seat(Bytes secret, Bytes key) {
    static Seat of(Bytes secret) {
      return new Seat(secret, SecretKey.of(QUICK, secret.toArray()).publicKey());
    }
  }

  private static List<Tweak> tweaks(SeededRandom random, Tweaks kind) {
    return switch (kind) {
      case NONE -> List.of();
      case PLAIN -> List.of(new Tweak.Plain(random.bytes(32)));
      case X_ONLY -> List.of(new Tweak.XOnly(random.bytes(32)));
      case TAPROOT_KEY_PATH_ONLY -> List.of(new Tweak.Taproot(Optional.empty()));
      case TAPROOT_WITH_MERKLE_ROOT -> List.of(new Tweak.Taproot(Optional.of(random.bytes(32))));
      case MIXED -> {
        List<Tweak> several = new ArrayList<>();
        for (int i = 1 + random.below(4); i > 0; i--) {
          Bytes number = random.bytes(32);
          several.add(random.below(2) == 0 ? new Tweak.Plain(number) : new Tweak.XOnly(number));
        }
        several.add(new Tweak.Taproot(Optional.of(random.bytes(32))));
        yield several;
      }
    };
  }

  int signers() {
    return keys.size();
  }

  boolean isSorted() {
    return keys.equals(keys.stream().sorted().toList());
  }

  boolean hasDuplicates() {
    return keys.stream().distinct().count() < keys.size();
  }
}
