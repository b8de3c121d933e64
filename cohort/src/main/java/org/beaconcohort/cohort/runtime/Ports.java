package org.beaconcohort.cohort.runtime;

import java.security.SecureRandom;
import java.time.Duration;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.Scheduler;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The outside world of one party.
 *
 * @param instance random id of this process, 16 bytes; never that of one before it (R10)
 * @param random for channel keys
 * @param pollEvery pause between two looks at the chain or at documents
 */
public record Ports(
    Transport transport,
    Notary notary,
    ChainBackend chain,
    Scheduler scheduler,
    Bytes instance,
    SecureRandom random,
    Duration pollEvery) {}
