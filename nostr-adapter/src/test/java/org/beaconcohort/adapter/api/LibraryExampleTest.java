package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LibraryExampleTest {
  private static final long SEED = 20260102;

  @Test
  void theExamplesAnchorOneUpdateEach() throws Exception {
    var unused = cohortByTheExamples(outside -> outside);
  }

  @Test
  void aCohortKeyMayBeHeldByAnotherThanThisProcess() throws Exception {
    SeededRandom elsewhere = new SeededRandom(SEED + 77);
    Map<Bytes, NonceVault> held = new ConcurrentHashMap<>();
    CompletedRound round =
        cohortByTheExamples(outside ->
            outside.signing(membership ->
                held.computeIfAbsent(
                    membership, id -> new NonceVault(SecretKey.generate(elsewhere), elsewhere))));
    assertEquals(1, held.size());
    Bytes key = held.values().iterator().next().publicKey();
    assertTrue(round.cohort().keys().contains(key), "the key that is held elsewhere signed");
    held.values().forEach(NonceVault::close);
  }

  @Test
  void nobodySealsTheNoncesOfAnother() throws Exception {
    try (MemoryRelays relays = new MemoryRelays()) {
      Outside outside =
          outside(relays, new SharedChain(), 1)
              .signing(membership -> {
                throw new AssertionError("not asked");
              });
      assertThrows(
          IllegalArgumentException.class,
          () ->
              outside.sealing(membership -> {
                throw new AssertionError("not asked");
              }));
    }
  }

  /** A round of two members; the first lives in the world that {@code first} makes of its own. */
  private static CompletedRound cohortByTheExamples(UnaryOperator<Outside> first) throws Exception {
    SharedChain chain = new SharedChain();
    List<SecretKey> keys = new ArrayList<>();
    try (MemoryRelays relays = new MemoryRelays();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Sidecar>> members = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        Outside own = outside(relays, chain, number);
        Outside outside = number == 0 ? first.apply(own) : own;
        SecretKey key = SecretKey.generate(outside.random());
        keys.add(key);
        chain.fund(KeyAddress.p2tr(Network.REGTEST, key.publicKey()), 10_000);
        members.add(
            threads.submit(
                () -> LibraryExample.anchor(outside, key, patch(key), new InMemoryLedger())));
      }
      Outside outside = outside(relays, chain, 9);
      CompletedRound round =
          LibraryExample.lead(
              outside,
              SecretKey.generate(outside.random()),
              List.of("ws://127.0.0.1:1"),
              cohort -> chain.fund(cohort.address(), 50_000));

      assertEquals(
          SignalOutput.of(round.announcement().signalBytes().value()),
          round.transaction().lastOutput());
      assertEquals(2, round.announcement().entries().size());
      for (int number = 0; number < 2; number++) {
        Sidecar sidecar = members.get(number).get();
        Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, keys.get(number).publicKey());
        assertEquals(3, sidecar.history(did).versionId());
        assertEquals(List.of(round.announcement()), sidecar.casUpdates());
      }
      return round;
    }
  }

  @Test
  void twoThatNameEachOtherAnchorOneUpdateEachWithNobodyBesideThem() throws Exception {
    SharedChain chain = new SharedChain();
    List<SecretKey> keys = new ArrayList<>();
    try (MemoryRelays relays = new MemoryRelays();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Outside> worlds = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        // Two halves draw at once.
        worlds.add(new Outside(relays, chain, Duration.ofMillis(20), new SecureRandom()));
        keys.add(SecretKey.generate(new SeededRandom(SEED + number)));
        chain.fund(KeyAddress.p2tr(Network.REGTEST, keys.get(number).publicKey()), 10_000);
      }
      List<Future<Sidecar>> sides = new ArrayList<>();
      Map<String, Integer> paid = new ConcurrentHashMap<>();
      for (int number = 0; number < 2; number++) {
        SecretKey key = keys.get(number);
        Outside outside = worlds.get(number);
        Btcr2Did other = Btcr2Did.ofKey(Network.REGTEST, keys.get(1 - number).publicKey());
        sides.add(
            threads.submit(() ->
                LibraryExample.anchorWith(
                    outside,
                    key,
                    other,
                    Simulation.terms(2, 2),
                    patch(key),
                    new InMemoryLedger(),
                    cohort -> {
                      paid.merge(cohort.address(), 1, Integer::sum);
                      chain.fund(cohort.address(), 50_000);
                    })));
      }
      List<Sidecar> sidecars = List.of(sides.get(0).get(), sides.get(1).get());
      for (int number = 0; number < 2; number++) {
        Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, keys.get(number).publicKey());
        assertEquals(3, sidecars.get(number).history(did).versionId());
      }
      assertEquals(1, sidecars.get(0).casUpdates().size());
      assertEquals(sidecars.get(0).casUpdates(), sidecars.get(1).casUpdates());
      assertEquals(List.of(1), List.copyOf(paid.values()), "one side pays, once");
    }
  }

  @Test
  void theDocumentShowsTheExamplesWordForWord() throws Exception {
    String document = Files.readString(repository("docs/library.md"));
    String source =
        Files.readString(
            repository(
                "nostr-adapter/src/test/java/org/beaconcohort/adapter/api/LibraryExample.java"));
    for (String name : List.of("coordinator", "member", "pair")) {
      String begin = "  // docs: " + name + "\n";
      int from = source.indexOf(begin) + begin.length();
      String example =
          source
              .substring(from, source.indexOf("  // docs: end", from))
              .stripTrailing()
              .stripIndent();
      assertTrue(
          document.contains("```java\n" + example + "\n```"),
          "docs/library.md must show the example \"" + name + "\" as LibraryExample.java has it");
    }
  }

  private static Path repository(String path) {
    return Stream.of(Path.of(path), Path.of("..").resolve(path))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + " must be in the repository"));
  }

  private static Outside outside(MemoryRelays relays, SharedChain chain, long number) {
    return new Outside(relays, chain, Duration.ofMillis(20), new SeededRandom(SEED + number));
  }

  static ArrayNode patch(SecretKey key) {
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    ArrayNode patch = StrictJson.newArray();
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/service/-")
        .putObject("value")
        .put("id", did.url("homepage"))
        .put("type", "LinkedDomains")
        .put("serviceEndpoint", "https://example.org");
    return patch;
  }
}
