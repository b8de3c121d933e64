package org.beaconcohort.cli.report;

import java.util.Locale;

/** Long names cut short for people, always at the same places. */
public final class Brief {
  private static final String METHOD = "did:btcr2:";

  private Brief() {}

  /** {@code k1qgp…x9tz} of a DID. */
  public static String did(String did) {
    String id = did.startsWith(METHOD) ? did.substring(METHOD.length()) : did;
    return id.length() <= 16 ? id : id.substring(0, 8) + ".." + id.substring(id.length() - 4);
  }

  /** The first and last characters of a hash or key in hexadecimal. */
  public static String hex(String hex) {
    return hex.length() <= 16 ? hex : hex.substring(0, 8) + ".." + hex.substring(hex.length() - 4);
  }

  /** {@code 12,345 sat}. */
  public static String sat(long satoshi) {
    return String.format(Locale.ROOT, "%,d sat", satoshi);
  }

  /** {@code 1 member}, {@code 2 members}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
