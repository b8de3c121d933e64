package org.beaconcohort.adapter.keystore.file;

import static org.beaconcohort.adapter.keystore.KeystoreScene.PASSWORD;
import static org.beaconcohort.adapter.keystore.KeystoreScene.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.KeystoreScene;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keystore files under mutation: read as what is written, or refused with a typed fault. */
final class KeystoreFuzzTest {
  @TempDir private Path folder = Path.of("");
  private final KeystoreScene scene = new KeystoreScene();
  private String written = "";

  private Path path() {
    return folder.resolve("keys");
  }

  @BeforeEach
  void aKeystoreWithTwoKeys() throws IOException {
    try (Keystore keystore = scene.create(path())) {
      scene.add(keystore, "alice", KeyPurpose.DID);
      scene.add(keystore, "leader", KeyPurpose.IDENTITY);
    }
    written = Files.readString(path());
  }

  private String header() {
    return written.lines().toList().get(0);
  }

  private String sealed() {
    return written.lines().toList().get(1);
  }

  @Test
  void anyFileIsAKeystoreOrRefused() {
    Fuzz.ofText("KeystoreText", List.of(written))
        .refusing(KeystoreException.class)
        .allocatingAlways(1 << 20)
        .run(file -> {
          byte[] bytes = file.getBytes(StandardCharsets.ISO_8859_1);
          assertArrayEquals(bytes, KeystoreText.decode(bytes).encode());
        });
  }

  @Test
  void anyHeaderUnderARightChecksumIsReadOrRefused() {
    Fuzz.ofJson("KeystoreHeader", List.of(header(), restored()))
        .refusing(KeystoreException.class)
        .allocatingAlways(1 << 20)
        .run(header -> {
          KeystoreText text = KeystoreText.decode(KeystoreFileTest.resealed(header, sealed()));
          assertEquals(header, text.header().text());
        });
  }

  /** The header of a keystore whose two keys came back from a backup. */
  private String restored() {
    Path backup = folder.resolve("backup");
    Path back = folder.resolve("back");
    try (Keystore keystore = scene.open(path());
        Keystore empty = scene.create(back)) {
      keystore.backup(backup, text(PASSWORD), KeystoreScene.CHEAP, all -> true);
      assertEquals(2, empty.restore(backup, text(PASSWORD), all -> true).size());
    }
    return KeystoreFile.at(back).read(FileKind.KEYSTORE).header().text();
  }
}
