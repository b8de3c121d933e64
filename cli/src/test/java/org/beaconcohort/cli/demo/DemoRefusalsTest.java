package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DemoRefusalsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aRelayThatIsNotThereIsExit69AndLeavesNothing() {
    String away;
    try (FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults())) {
      away = relay.url();
    }
    Path out = directory.resolve("out");
    Shell demo = Shell.run("demo", "--relay", away, "--out", out.toString());
    assertEquals(69, demo.status(), demo.all());
    assertTrue(demo.err().contains("beacon-cohort relay"), demo.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aChainThatIsNotThereIsExit69() {
    String away;
    try (FixtureChain chain = FixtureChain.start(0)) {
      away = chain.url();
    }
    Shell demo = Shell.run("demo", "--chain", away, "--out", directory.resolve("out").toString());
    assertEquals(69, demo.status(), demo.all());
  }

  @Test
  void aDirectoryThatHoldsSomethingIsNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("tx.hex"), "mine");
    Shell demo = Shell.run("demo", "--out", directory.toString());
    assertEquals(2, demo.status(), demo.all());
    assertEquals("mine", Files.readString(directory.resolve("tx.hex")));
  }
}
