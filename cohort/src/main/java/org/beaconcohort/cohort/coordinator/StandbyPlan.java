package org.beaconcohort.cohort.coordinator;

import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What an operator decides who stands by for another's cohort.
 *
 * @param identity x-only key that the announcement names as a successor, 32 bytes
 * @param coordinator x-only key that announces, 32 bytes
 * @param identifier the announcement's {@code d} tag
 * @param network that the terms must be for
 * @param feeRate wanted for the rounds, sat/kvB; kept within the terms' corridor
 */
public record StandbyPlan(
    Bytes identity, Bytes coordinator, String identifier, Network network, long feeRate) {}
