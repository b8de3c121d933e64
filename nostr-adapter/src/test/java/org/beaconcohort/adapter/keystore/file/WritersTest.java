package org.beaconcohort.adapter.keystore.file;

import static org.beaconcohort.adapter.keystore.KeystoreScene.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.KeystoreScene;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writers in other processes, killed as by a power failure. */
@Timeout(120)
final class WritersTest {
  @TempDir private Path folder = Path.of("");
  private final KeystoreScene scene = new KeystoreScene();

  private Process start(String what) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes,
            WritingProcess.class.getName(),
            folder.resolve("keys").toString(),
            what)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void aWriterThatIsKilledLeavesAWholeKeystoreWithEveryKeyItSpokeOf() throws Exception {
    Path path = folder.resolve("keys");
    for (int kill = 3; kill <= 9; kill += 3) {
      scene.create(path).close();
      Process process = start("add");
      int said = 0;
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        while (line != null) {
          said = Integer.parseInt(line.replace("added ", ""));
          if (said == kill) {
            assertTrue(process.toHandle().destroyForcibly());
          }
          line = out.readLine();
        }
      }
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertTrue(said >= kill && said < KeystoreHeader.MAX_ENTRIES, said + " were said");
      try (Keystore keystore = scene.open(path)) {
        int there = keystore.entries().size();
        assertTrue(there == said || there == said + 1, there + " keys, " + said + " were said");
        for (KeyEntry entry : keystore.entries()) {
          assertEquals(entry.publicKey(), keystore.number(entry.name()).publicKey());
        }
      }
      Files.delete(path);
    }
  }

  @Test
  void aWriterInAnotherProcessKeepsThisOneOutUntilItEnds() throws Exception {
    try (Keystore keystore = scene.create(folder.resolve("keys"))) {
      Process process = start("hold");
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        assertEquals("holds Writer", out.readLine());
        refused(KeystoreFault.LOCKED, () -> scene.add(keystore, "alice", KeyPurpose.DID));
        process.destroyForcibly();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      }
      assertEquals("alice", scene.add(keystore, "alice", KeyPurpose.DID).name());
    }
  }
}
