package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Golden.FORMATION;
import static org.beaconcohort.cohort.message.Golden.IN_ROUND;
import static org.beaconcohort.cohort.message.Golden.check;
import static org.beaconcohort.cohort.message.Golden.fill;
import static org.beaconcohort.cohort.message.Golden.nonce;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** One content of each kind that is said on need, as it goes over the wire. */
final class GoldenLaterKindsTest {
  @Test
  void extend() {
    check(
        IN_ROUND,
        new TimeStatement.Extend(TimeStatement.ExtendedPhase.PARTIAL, 2),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"phase":"PARTIAL","number":2}}\
        """);
  }

  @Test
  void sync() {
    check(
        IN_ROUND,
        new TimeStatement.Sync(
            List.of(
                new TimeStatement.Seen(fill("a1", 32), fill("1b", 16), 1, 4, List.of()),
                new TimeStatement.Seen(
                    fill("a2", 32), fill("2b", 16), 0, 0, List.of(fill("1d", 32))))),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"seen":[{"author":"a1*32","instance":"1b*16","from":1,"to":4,\
        "beyond":[]},{"author":"a2*32","instance":"2b*16","from":0,"to":0,"beyond":["1d*32"]}]}}\
        """);
  }

  @Test
  void probe() {
    check(
        FORMATION,
        new ReadinessStatement.Probe(3),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"candidates":3}}\
        """);
  }

  @Test
  void alive() {
    check(
        FORMATION,
        new ReadinessStatement.Alive(fill("0b", 32)),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"probeId":"0b*32"}}\
        """);
  }

  @Test
  void sweepRequest() {
    check(
        new Header(fill("c0", 32), Bytes.EMPTY, fill("1a", 16), 5, fill("99", 32), 0),
        new SweepRequest(2, fill("c1", 32)),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"number":2,"successor":"c1*32"}}\
        """);
  }

  @Test
  void claim() {
    check(
        IN_ROUND,
        new RoundStatement.Claim(fill("77", 32), fill("d1", 32)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"transcript":"77*32","nonce":"d1*32"}}\
        """);
  }

  @Test
  void epochClaim() {
    check(
        IN_ROUND,
        new RoundStatement.EpochClaim(fill("0b", 32)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"opportunity":"0b*32"}}\
        """);
  }

  @Test
  void fallbackTaken() {
    check(
        IN_ROUND,
        new RoundStatement.FallbackTaken(
            List.of(Outpoint.ofDisplay("0123" + "45".repeat(30), 0).txid())),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"txids":["012345*30"]}}\
        """);
  }

  @Test
  void nonceLost() {
    check(
        IN_ROUND,
        new NonceLost(List.of(fill("d1", 32), fill("d2", 32)), nonce(2)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"dead":["d1*32","d2*32"],\
        "nonce":{"number":2,"publicNonce":"02a1*3203a2*32"}}}\
        """);
  }

  @Test
  void bundle() {
    check(
        IN_ROUND,
        new Bundle(fill("ca", 32), Map.of("did:btcr2:k1qfirst", fill("0d", 32))),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"context":"ca*32","updates":{"did:btcr2:k1qfirst":"0d*32"}}}\
        """);
  }

  @Test
  void bundleAck() {
    check(
        IN_ROUND,
        new BundleAck(fill("ca", 32)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"context":"ca*32"}}\
        """);
  }

  @Test
  void leafRequest() {
    check(
        IN_ROUND,
        new LeafRequest(fill("77", 32), List.of(0, 3), fill("ca", 32)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"transcript":"77*32","missing":[0,3],"context":"ca*32"}}\
        """);
  }

  @Test
  void leafSignature() {
    check(
        IN_ROUND,
        new LeafSignature(fill("ca", 32), fill("5f", 64)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"context":"ca*32","signature":"5f*64"}}\
        """);
  }

  /** A succession holds whole events, whose contents are here. */
  @Test
  void everyKindButASuccessionHasOne() {
    Set<String> kinds = new TreeSet<>();
    for (StatementKind kind : StatementKind.values()) {
      kinds.add(kind.name().replace("_", "").toLowerCase(Locale.ROOT));
    }
    for (Class<?> golden : List.of(GoldenStatementsTest.class, GoldenLaterKindsTest.class)) {
      for (Method test : golden.getDeclaredMethods()) {
        kinds.remove(test.getName().toLowerCase(Locale.ROOT).replace("finalsignature", "final"));
      }
    }
    assertEquals(Set.of("succession"), kinds);
  }
}
