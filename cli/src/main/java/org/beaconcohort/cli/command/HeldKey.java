package org.beaconcohort.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.file.RestoreMark;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A secret key, and where what belongs to it is kept. Closing destroys the key.
 *
 * @param base the key file, or {@code KEYSTORE.NAME}; endings are added to it
 * @param restored if the key came from a backup
 */
public record HeldKey(SecretKey key, Path base, Optional<RestoreMark> restored)
    implements AutoCloseable {
  @Override
  public void close() {
    key.destroy();
  }
}
