package org.beaconcohort.cli.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.api.Relays;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.nostr.socket.InvalidRelayUrlException;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.regtest.ChainUrl;
import org.beaconcohort.cohort.bitcoin.address.Network;

/** Relays and chain source by the URLs that users give, tried once before anything begins. */
public final class Wiring {
  private static final int CONNECT_MILLIS = 5_000;

  private Wiring() {}

  /**
   * Nostr relays, of which at least one takes connections.
   *
   * @throws CommandFailure usage for what is no relay URL, unavailable if none is there
   */
  public static Relays relays(List<String> urls) {
    List<String> outage = new ArrayList<>();
    for (RelayUrl relay : urls.stream().map(Wiring::relay).toList()) {
      try {
        tryPort(URI.create(relay.text()));
        return Relays.of(urls);
      } catch (IOException away) {
        outage.add(relay + " (" + away.getMessage() + ")");
      }
    }
    throw CommandFailure.unavailable(
        "at least one relay must take connections, got " + String.join(", ", outage),
        "name a relay that is there, or start one with: beacon-cohort relay");
  }

  /**
   * An Esplora server, asked for its tip and its network once. Whoever got it closes it.
   *
   * @throws CommandFailure usage for what is no URL
   * @throws org.beaconcohort.cohort.port.PortFailure if it does not answer as Esplora does, or is
   *     of another network
   */
  public static EsploraChain chain(String url, Network network) {
    EsploraChain chain = unasked(url);
    boolean answered = false;
    try {
      var unused = chain.tip();
      chain.requireNetwork(network);
      answered = true;
    } finally {
      if (!answered) {
        chain.close();
      }
    }
    return chain;
  }

  /** As {@link #chain}, but nobody knows yet whether it is there. */
  static EsploraChain unasked(String url) {
    try {
      return new EsploraChain(ChainUrl.checked(url));
    } catch (IllegalArgumentException stricter) {
      // OkHttp also looks at the length of names.
      throw ChainUrl.refused(url);
    }
  }

  private static RelayUrl relay(String url) {
    try {
      return new RelayUrl(url);
    } catch (InvalidRelayUrlException invalid) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "RELAY_URL",
          String.valueOf(invalid.getMessage()),
          "for instance --relay ws://127.0.0.1:7777");
    }
  }

  private static void tryPort(URI relay) throws IOException {
    int port = relay.getPort() != -1 ? relay.getPort() : relay.getScheme().equals("wss") ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(relay.getHost(), port), CONNECT_MILLIS);
    }
  }
}
