package org.beaconcohort.adapter.journal.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Who holds an identity.
 *
 * @param instance random id of the process, hexadecimal (R10)
 * @param host name of its machine
 * @param pid process id there
 * @param since when it took the identity, by the database's clock
 */
public record Holder(String instance, String host, long pid, Instant since) {
  /** This process. */
  public static Holder here(Bytes instance) {
    return new Holder(instance.hex(), hostName(), ProcessHandle.current().pid(), Instant.EPOCH);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException nameless) {
      return "unnamed host";
    }
  }

  @Override
  public String toString() {
    return "instance " + instance + ", process " + pid + " on " + host + ", since " + since;
  }
}
