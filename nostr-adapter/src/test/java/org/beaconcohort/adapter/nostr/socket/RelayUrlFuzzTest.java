package org.beaconcohort.adapter.nostr.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Addresses of relays under mutation. */
final class RelayUrlFuzzTest {
  @Test
  void aTextIsARelayUrlOrRefused() {
    List<String> urls =
        List.of(
            "wss://relay.example",
            "WS://Relay.Example:80/a/%20b//",
            "ws://[::1]:7777/",
            "wss://127.0.0.1:443");
    Fuzz.ofText("RelayUrl", urls)
        .refusing(InvalidRelayUrlException.class)
        .run(text -> {
          RelayUrl url = new RelayUrl(text);
          assertEquals(url, new RelayUrl(url.text()));
          URI.create(url.text());
        });
  }
}
