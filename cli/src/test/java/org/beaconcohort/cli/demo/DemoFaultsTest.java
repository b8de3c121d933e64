package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Demos of three in which one thing goes wrong, several at a time since they mostly wait. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoFaultsTest {
  private static final int AT_A_TIME = 5;
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Pattern TXID = Pattern.compile("[0-9a-f]{64}");

  private final ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME);
  private final Map<Fault, CompletableFuture<Run>> runs = new EnumMap<>(Fault.class);

  private record Run(Shell shell, Path out, Duration took) {
    List<ObjectNode> events(String name) {
      return shell.lines().stream()
          .filter(line -> line.path("event").asText().equals(name))
          .toList();
    }

    List<JsonNode> members() {
      return StreamSupport.stream(shell.lines().getLast().path("members").spliterator(), false)
          .toList();
    }
  }

  /** Succession is no fault of anybody's, and has a test of its own. */
  private static Stream<Fault> faults() {
    return Arrays.stream(Fault.values()).filter(fault -> fault != Fault.SUCCESSION);
  }

  @BeforeAll
  void begin(@TempDir Path directory) {
    faults()
        .forEach(fault ->
            runs.put(fault, CompletableFuture.supplyAsync(() -> run(fault, directory), executor)));
  }

  @AfterAll
  void close() {
    executor.shutdownNow();
  }

  private static Stream<Fault> whoStaysIsAnchoredInHalfAMinute() {
    return faults();
  }

  private static Stream<Fault> itStrikesOnceAndEndsAsItsSentenceSays() {
    return faults();
  }

  private static Stream<Fault> whereNobodyLeadsAnyMoreAMemberDoes() {
    return Stream.of(
        Fault.COORDINATOR_KEYSET,
        Fault.COORDINATOR_FORMED,
        Fault.COORDINATOR_FUNDING,
        Fault.COORDINATOR_LISTING,
        Fault.COORDINATOR_OPPORTUNITY,
        Fault.COORDINATOR_FIRST_RESPONSE,
        Fault.COORDINATOR_ALL_RESPONSES);
  }

  private Run ended(Fault fault) {
    return Objects.requireNonNull(runs.get(fault)).join();
  }

  private static Run run(Fault fault, Path directory) {
    Path out = directory.resolve(fault.label());
    Instant start = Instant.now();
    Shell shell = Shell.run("demo", "--fault", fault.label(), "--out", out.toString(), "--json");
    return new Run(shell, out, Duration.between(start, Instant.now()));
  }

  @ParameterizedTest
  @MethodSource
  void whoStaysIsAnchoredInHalfAMinute(Fault fault) {
    Run run = ended(fault);
    assertEquals(0, run.shell().status(), run.shell().all());
    assertEquals(3, run.members().size(), run.shell().all());
    for (JsonNode member : run.members()) {
      boolean vanished = member.path("vanished").asBoolean();
      assertTrue(
          vanished || TXID.matcher(member.path("txid").asText()).matches(), member.toString());
      Path folder = run.out().resolve(member.path("did").asText().substring("did:btcr2:".length()));
      assertEquals(member.has("txid"), Files.exists(folder.resolve("sidecar.json")));
    }
    assertEquals(
        fault.victim() == Victim.MEMBER ? 1 : 0,
        run.members().stream().filter(member -> member.path("vanished").asBoolean()).count());
    assertTrue(run.took().compareTo(MOST) < 0, fault.label() + " took " + run.took());
  }

  @ParameterizedTest
  @MethodSource
  void itStrikesOnceAndEndsAsItsSentenceSays(Fault fault) throws IOException {
    Run run = ended(fault);
    List<ObjectNode> strikes = run.events("fault");
    assertEquals(1, strikes.size(), run.shell().all());
    assertEquals(fault.label(), strikes.getFirst().path("name").asText());
    assertEquals("done", run.shell().lines().getLast().path("event").asText());
    String way = fault.sentence().contains("alone") ? "singleton" : "cohort";
    boolean vanishedToo = fault.sentence().contains("the vanished member too");
    for (JsonNode member : run.members()) {
      boolean lost = member.path("vanished").asBoolean() && !vanishedToo;
      assertEquals(lost ? "none" : way, member.path("by").asText(), run.shell().all());
    }
    boolean oneTransaction =
        run.members().stream()
                .filter(member -> member.has("txid"))
                .map(member -> member.path("txid").asText())
                .distinct()
                .count()
            == 1;
    assertEquals(way.equals("cohort"), oneTransaction);
    assertEquals(way.equals("cohort"), Files.exists(run.out().resolve("tx.hex")));
    if (way.equals("cohort")) {
      assertEquals(fault.leaf() ? "leaf-a" : "key-path", spendPath(run.out()));
    }
  }

  private static String spendPath(Path out) throws IOException {
    String cohort = Files.readString(out.resolve("cohort.json"));
    return StrictJson.parseObject(cohort, new JsonLimits(1 << 20, 8), "cohort.json")
        .path("round")
        .path("spendPath")
        .asText();
  }

  @ParameterizedTest
  @MethodSource
  void whereNobodyLeadsAnyMoreAMemberDoes(Fault fault) {
    Run run = ended(fault);
    JsonNode leaders = run.shell().lines().getLast().path("ledAfter");
    assertTrue(leaders.size() >= 1, run.shell().all());
    assertTrue(
        run.members().stream()
            .anyMatch(member -> member.path("did").asText().equals(leaders.path(0).asText())),
        run.shell().all());
  }

  private static Stream<Fault> whoSaysTwoThingsIsProvedToHaveByAFileAlone() {
    return Stream.of(Fault.EQUIVOCATING_COORDINATOR, Fault.EQUIVOCATING_MEMBER);
  }

  @ParameterizedTest
  @MethodSource
  void whoSaysTwoThingsIsProvedToHaveByAFileAlone(Fault fault) {
    Run run = ended(fault);
    List<ObjectNode> proofs = run.events("evidence");
    assertTrue(!proofs.isEmpty(), run.shell().all());
    assertEquals("EQUIVOCATION", proofs.getFirst().path("code").asText());
    for (ObjectNode proof : proofs) {
      Shell verify = Shell.run("evidence", "verify", proof.path("file").asText());
      assertEquals(0, verify.status(), verify.all());
      assertTrue(verify.all().contains(proof.path("convicts").asText()), verify.all());
    }
  }
}
