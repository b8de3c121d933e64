package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Bech32m and addresses under mutation. */
final class AddressFuzzTest {
  private static final List<SegwitAddress> ADDRESSES =
      List.of(
          SegwitAddress.p2tr(Network.REGTEST, Bytes.ofHex("5a".repeat(32))),
          new SegwitAddress(Network.REGTEST, 0, Bytes.ofHex("5a".repeat(20))),
          new SegwitAddress(Network.REGTEST, 0, Bytes.ofHex("a5".repeat(32))));

  @Test
  void aTextIsBech32mOrRefused() {
    Fuzz.ofText(
            "Bech32m.decode",
            List.of(Bech32m.encode("k", Bytes.ofHex("0203")), Bech32m.encode("a1b", Bytes.EMPTY)))
        .refusing(MalformedBech32mException.class)
        .run(text -> {
          Bech32m.Decoded decoded = Bech32m.decode(text, 90);
          assertEquals(text, Bech32m.encode(decoded.hrp(), decoded.data()));
        });
  }

  @Test
  void aTextIsAnAddressOrRefused() {
    Fuzz.ofText("SegwitAddress.parse", ADDRESSES.stream().map(SegwitAddress::text).toList())
        .refusing(MalformedAddressException.class)
        .run(text ->
            assertEquals(
                text.toLowerCase(Locale.ROOT), SegwitAddress.parse(text, Network.REGTEST).text()));
  }

  @Test
  void aScriptIsAnAddressOrNone() {
    Fuzz.ofBytes("SegwitAddress.ofScript", ADDRESSES.stream().map(SegwitAddress::script).toList())
        .run(bytes ->
            SegwitAddress.ofScript(Network.REGTEST, bytes)
                .ifPresent(address -> assertEquals(bytes, address.script())));
  }
}
