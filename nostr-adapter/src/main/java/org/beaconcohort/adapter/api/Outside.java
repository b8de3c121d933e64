package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.port.ChainBackend;

/**
 * What one party has to do with the world.
 *
 * @param relays that its statements travel over
 * @param chain its own source of truth about Bitcoin (N16)
 * @param pollEvery pause between two looks at the chain or at documents
 * @param random for keys, nonces and signatures
 * @param journals where its facts are kept
 * @param sealed where its memberships seal nonces; empty if those stay in memory (N7)
 * @param mainnet whether it may take part in cohorts of {@link Network#BITCOIN}
 */
public record Outside(
    Relays relays,
    ChainBackend chain,
    Duration pollEvery,
    SecureRandom random,
    Journals journals,
    Optional<SealedStores> sealed,
    boolean mainnet) {
  /** Checks that the pause is positive. */
  public Outside {
    if (pollEvery.isNegative() || pollEvery.isZero()) {
      throw new IllegalArgumentException("pause must be positive, got " + pollEvery);
    }
  }

  /** Keeps its facts in memory, and stays off mainnet. */
  public Outside(Relays relays, ChainBackend chain, Duration pollEvery, SecureRandom random) {
    this(relays, chain, pollEvery, random, Journals.inMemory(), Optional.empty(), false);
  }

  /** The same world with journals elsewhere. */
  public Outside keeping(Journals others) {
    return new Outside(relays, chain, pollEvery, random, others, sealed, mainnet);
  }

  /** The same world where nonces outlive their process, for members that come and go (R9). */
  public Outside sealing(SealedStores stores) {
    return new Outside(relays, chain, pollEvery, random, journals, Optional.of(stores), mainnet);
  }

  /** The same world with the explicit consent to mainnet: what is signed there is money. */
  public Outside allowingMainnet() {
    return new Outside(relays, chain, pollEvery, random, journals, sealed, true);
  }

  /**
   * Checks that this network may be used here.
   *
   * @throws MainnetNotAllowedException for mainnet without consent
   */
  void require(Network network) {
    if (network.isMainnet() && !mainnet) {
      throw new MainnetNotAllowedException();
    }
  }

  /** Looks every two seconds, with the platform's strong randomness. */
  public static Outside of(Relays relays, ChainBackend chain) {
    return new Outside(relays, chain, Duration.ofSeconds(2), new SecureRandom());
  }
}
