package org.beaconcohort.adapter.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.sealed.FileSealedNonces;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;

/** Where memberships seal their nonces (R9), each in a place of its own. */
@FunctionalInterface
public interface SealedStores {
  /**
   * The store of a membership; closed with it if it is {@link AutoCloseable}.
   *
   * @param membership id, 16 bytes
   */
  SealedNonces of(Bytes membership);

  /** A folder for each membership below {@code folder}; see {@link FileSealedNonces}. */
  static SealedStores in(Path folder) {
    return membership -> FileSealedNonces.in(folder.resolve(membership.hex()));
  }

  /**
   * The stores of all memberships below {@code folder}, which need not be there; whoever gets them
   * closes them.
   *
   * @throws org.beaconcohort.cohort.port.PortFailure if another process holds one of them, or they
   *     cannot be read
   */
  static List<FileSealedNonces> all(Path folder) {
    List<FileSealedNonces> found = new ArrayList<>();
    try {
      for (Path membership : FileSealedNonces.foldersIn(folder)) {
        found.add(FileSealedNonces.in(membership));
      }
      return found;
    } catch (RuntimeException failure) {
      found.forEach(FileSealedNonces::close);
      throw failure;
    }
  }
}
