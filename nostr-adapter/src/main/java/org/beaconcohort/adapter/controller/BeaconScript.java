package org.beaconcohort.adapter.controller;

import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.MalformedAddressException;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.musig2.bytes.Bytes;

/** The output script of a beacon service, if its address is segwit of the DID's network. */
final class BeaconScript {
  private BeaconScript() {}

  static Optional<Bytes> of(BeaconService beacon, Network network) {
    try {
      return Optional.of(SegwitAddress.parse(beacon.address(), network).script());
    } catch (MalformedAddressException otherKind) {
      // P2PKH beacons are legal; nothing here spends from one.
      return Optional.empty();
    }
  }
}
