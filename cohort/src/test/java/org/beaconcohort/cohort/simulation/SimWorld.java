package org.beaconcohort.cohort.simulation;

import java.security.SecureRandom;
import java.time.Duration;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What all parties of a simulation share.
 *
 * @param secrets where all keys, nonces and instance ids come from
 * @param on the network they are on
 */
record SimWorld(
    VirtualTime time, SimNetwork network, SimChain chain, SecureRandom secrets, Network on) {
  private static final Duration POLL = Duration.ofSeconds(5);

  /** The ports of one process, which sends by {@code door}. */
  Ports ports(Transport transport, Notary notary, Bytes instance, SimParty.Door door) {
    return new Ports(
        Doors.transport(transport, door),
        notary,
        Doors.chain(chain, door),
        door.scheduler(),
        instance,
        secrets,
        POLL);
  }

  Bytes bytes(int size) {
    byte[] drawn = new byte[size];
    secrets.nextBytes(drawn);
    return Bytes.of(drawn);
  }
}
