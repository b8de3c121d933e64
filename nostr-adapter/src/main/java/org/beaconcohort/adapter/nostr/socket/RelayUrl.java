package org.beaconcohort.adapter.nostr.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A relay's address in one spelling, so that no relay is counted twice: {@code ws} or {@code wss},
 * lower-case host, no default port, no slash at the end, no user, query or fragment.
 */
public record RelayUrl(String text) implements Comparable<RelayUrl> {
  private static final int MAX_LENGTH = 512;

  /**
   * Reads any spelling of an address.
   *
   * @throws InvalidRelayUrlException if it is none
   */
  public RelayUrl {
    text = normalized(text);
  }

  private static String normalized(String given) {
    if (given.length() > MAX_LENGTH) {
      throw new InvalidRelayUrlException(
          "relay URL must be at most " + MAX_LENGTH + " characters, got " + given.length());
    }
    URI uri;
    try {
      uri = new URI(given).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw new InvalidRelayUrlException("relay URL must be ws://… or wss://…, got " + given, e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("wss");
    if (!secure && !scheme.equals("ws")) {
      throw new InvalidRelayUrlException("relay URL must be ws://… or wss://…, got " + given);
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new InvalidRelayUrlException("relay URL must name a host, got " + given);
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new InvalidRelayUrlException(
          "relay URL must have no user, query or fragment, got " + given);
    }
    int port = uri.getPort();
    if (port == 0 || port > 65_535) {
      throw new InvalidRelayUrlException("relay URL must have a port below 65536, got " + given);
    }
    String shownPort = port == -1 || port == (secure ? 443 : 80) ? "" : ":" + port;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + shownPort + path;
  }

  @Override
  public int compareTo(RelayUrl other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
