package org.beaconcohort.adapter.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Addresses of beacons in other people's documents under mutation. */
final class BeaconScriptFuzzTest {
  @Test
  void anAddressOfABeaconHasAScriptOrNone() {
    String address = SegwitAddress.p2tr(Network.REGTEST, Bytes.ofHex("5a".repeat(32))).text();
    Fuzz.ofText("BeaconScript.of", List.of(address, "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"))
        .run(text -> {
          BeaconService beacon = new BeaconService("did:x#b", BeaconType.CAS, text);
          assertTrue(
              BeaconScript.of(beacon, Network.REGTEST).stream()
                  .allMatch(script -> script.size() == 34 || script.size() == 22));
        });
  }
}
