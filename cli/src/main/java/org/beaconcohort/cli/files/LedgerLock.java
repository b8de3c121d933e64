package org.beaconcohort.cli.files;

import java.io.IOException;
import java.nio.file.Path;
import org.beaconcohort.adapter.journal.lease.ProcessLock;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.did.Btcr2Did;

/**
 * Keeps every other process away from the ledger of a key file until it is closed, or its process
 * ends: two that read one ledger would hand out two updates of one version (R20).
 */
public final class LedgerLock implements AutoCloseable {
  private final Path keyFile;
  private final ProcessLock lock;

  private LedgerLock(Path keyFile, ProcessLock lock) {
    this.keyFile = keyFile;
    this.lock = lock;
  }

  /**
   * The lock of a key file's ledger.
   *
   * @throws CommandFailure refused, if another holds it
   */
  public static LedgerLock of(Path keyFile) {
    Path path = keyFile.resolveSibling(keyFile.getFileName() + ".updates.lock");
    try {
      return new LedgerLock(
          keyFile,
          ProcessLock.take(path)
              .orElseThrow(() ->
                  CommandFailure.refused(
                      "KEY_IN_USE",
                      "key file "
                          + keyFile
                          + " must be used by one process at a time, another one uses it",
                      "wait until that one ends, or join with another key")));
    } catch (IOException failure) {
      throw OutputFile.cannotWrite(path, failure);
    }
  }

  /** The ledger, as nobody else can change it now. */
  public LedgerFile ledger(Btcr2Did did) {
    return LedgerFile.beside(keyFile, did);
  }

  @Override
  public void close() {
    lock.close();
  }
}
