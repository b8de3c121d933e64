package org.beaconcohort.adapter.keystore.file;

import java.io.IOException;
import java.nio.file.Path;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.KeystoreScene;

/** Adds keys until it is killed, and says how many were; or holds the lock until then. */
final class WritingProcess {
  private WritingProcess() {}

  /** {@code KEYSTORE add} or {@code KEYSTORE hold}. */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    if (arguments[1].equals("hold")) {
      try (KeystoreFile.Writer writer = KeystoreFile.at(path).lock()) {
        say("holds " + writer.getClass().getSimpleName());
        int unused = System.in.read();
      }
      return;
    }
    KeystoreScene scene = new KeystoreScene();
    try (Keystore keystore = scene.open(path)) {
      for (int number = 0; number < KeystoreHeader.MAX_ENTRIES; number++) {
        var unused = scene.add(keystore, "key" + number, KeyPurpose.DID);
        say("added " + keystore.entries().size());
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
