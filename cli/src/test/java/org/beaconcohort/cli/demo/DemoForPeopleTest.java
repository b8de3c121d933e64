package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DemoForPeopleTest {
  @Test
  void itTellsThePhasesAndEndsWithAddressTransactionAndDirectory(@TempDir Path directory)
      throws IOException {
    Path out = directory.resolve("out");
    Shell demo = Shell.run("demo", "--participants", "2", "--out", out.toString());
    assertEquals(0, demo.status(), demo.all());
    assertEquals("", demo.err());
    int at = 0;
    for (String phase :
        List.of(
            "announce",
            "enrol ",
            "key set",
            "list ",
            "round 1",
            "respond",
            "propose",
            "sign ",
            "publish",
            "anchored",
            "address",
            "txid",
            "transaction ",
            "output ",
            "the signal",
            "output ")) {
      int next = demo.out().indexOf("  " + phase, at);
      next = next < 0 ? demo.out().indexOf(phase, at) : next;
      assertTrue(next >= 0, phase + " must come after character " + at + " of\n" + demo.out());
      at = next;
    }
    // A member may see the funding and list before the coordinator looks, never the round.
    int funded = demo.out().indexOf("  fund ");
    assertTrue(demo.out().indexOf("key set") < funded, demo.out());
    assertTrue(funded < demo.out().indexOf("  round 1"), demo.out());
    String hex = Files.readString(out.resolve("tx.hex")).strip();
    assertFalse(hex.isEmpty());
    assertTrue(demo.out().strip().endsWith(out.toString()), demo.out());
    assertFalse(demo.out().contains("\033["), "colours must stay away from what is no terminal");
  }
}
