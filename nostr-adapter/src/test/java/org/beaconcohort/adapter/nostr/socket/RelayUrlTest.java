package org.beaconcohort.adapter.nostr.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RelayUrlTest {
  @Test
  void differentSpellingsOfOneAddressAreEqual() {
    RelayUrl plain = new RelayUrl("wss://relay.example.com");
    assertEquals(plain, new RelayUrl("WSS://Relay.Example.COM/"));
    assertEquals(plain, new RelayUrl("wss://relay.example.com:443//"));
    assertEquals("ws://127.0.0.1:8080/path", new RelayUrl("ws://127.0.0.1:8080/path/").text());
    assertEquals("ws://[::1]:7000", new RelayUrl("ws://[::1]:7000").text());
    assertEquals("ws://h:443", new RelayUrl("ws://h:443").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "relay.example.com",
        "http://relay.example.com",
        "wss:relay",
        "wss://",
        "wss:///path",
        "wss://user@relay.example.com",
        "wss://relay.example.com?x=1",
        "wss://relay.example.com#x",
        "wss://relay.example.com:0",
        "wss://relay.example.com:70000",
        "wss://relay.example.com:port",
        "wss://re lay",
        "wss://relay.example.com\n",
        "wss://exa_mple:x:y"
      })
  void anythingElseIsRefused(String text) {
    assertThrows(InvalidRelayUrlException.class, () -> new RelayUrl(text));
  }

  @Test
  void aVeryLongOneIsRefused() {
    assertThrows(InvalidRelayUrlException.class, () -> new RelayUrl("wss://h/" + "x".repeat(600)));
  }
}
