package org.beaconcohort.cli.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that meet a liar leave a proof that convinces somebody who saw nothing. */
@Timeout(120)
final class TwoFacedMemberTest {
  @TempDir private Path directory = Path.of("");

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);

  @AfterEach
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void coordinatorAndParticipantLeaveTheProofAgainstTheMemberThatSaidTwoThings() throws Exception {
    Shell made =
        Shell.run(
            "update",
            "make",
            "--new-key",
            "--key-file",
            path("alice.key"),
            "--add-service",
            "web,LinkedDomains,https://alice.example",
            "--out",
            path("alice.json"));
    assertEquals(0, made.status(), made.all());
    String convicted;
    try (ExecutorService threads = Executors.newCachedThreadPool();
        TwoFacedMember liar = new TwoFacedMember(relay.url(), chain.url())) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () ->
                  reaching(
                      "coordinator",
                      "run",
                      "--min",
                      "2",
                      "--max",
                      "2",
                      "--reliability",
                      path("members.reliability"),
                      "--out",
                      path("led")),
              threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(
              () ->
                  reaching(
                      "participant",
                      "join",
                      "--no-fallback",
                      "--key-file",
                      path("alice.key"),
                      "--update",
                      path("alice.json"),
                      "--out",
                      path("joined")),
              threads);
      for (Shell ended : List.of(coordinator.get(), alice.get())) {
        assertEquals(3, ended.status(), ended.all());
        assertEquals("EQUIVOCATION", ended.lines().getLast().path("code").asText());
      }
      convicted = liar.statementKey().hex();
    }
    for (String out : List.of("led", "joined")) {
      Shell verified =
          Shell.run(
              "evidence",
              "verify",
              "--json",
              directory.resolve(out).resolve("evidence-1.json").toString());
      assertEquals(0, verified.status(), verified.all());
      assertEquals(convicted, verified.lines().getFirst().path("convicts").asText());
      assertEquals("EQUIVOCATION", verified.lines().getFirst().path("code").asText());
    }
    Shell shown = Shell.run("reliability", "show", "--json", path("members.reliability"));
    assertEquals(0, shown.status(), shown.all());
    assertEquals(
        List.of("banned", "good"),
        shown.lines().stream()
            .filter(line -> line.path("event").asText().equals("member"))
            .map(line -> line.path("standing").asText())
            .sorted()
            .toList());
    Shell again =
        Shell.run(
            "reliability",
            "ban-by",
            path("members.reliability"),
            directory.resolve("joined").resolve("evidence-1.json").toString());
    assertEquals(0, again.status(), again.all());
  }

  private Shell reaching(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--json", "--relay", relay.url(), "--chain", chain.url()));
    return Shell.run(all.toArray(new String[0]));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }
}
