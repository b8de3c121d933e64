package org.beaconcohort.cli.regtest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/** The base URL of an Esplora interface, as users give it. */
public final class ChainUrl {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private ChainUrl() {}

  /**
   * The URL without a slash at its end.
   *
   * @throws CommandFailure usage, if it is no http or https URL
   */
  public static String checked(String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      URI uri = new URI(base);
      String host = uri.getHost();
      if (uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && host != null
          && uri.getPort() != 0
          && uri.getPort() <= 65_535
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return base;
      }
    } catch (URISyntaxException malformed) {
      // Told below, with everything else that is no URL.
    }
    throw refused(url);
  }

  /** The failure of a command that was given what is no URL. */
  public static CommandFailure refused(String url) {
    return new CommandFailure(
        ExitCode.USAGE,
        "CHAIN_URL",
        "chain must be an http or https URL without query, got " + url,
        "for instance --chain http://127.0.0.1:3002");
  }
}
