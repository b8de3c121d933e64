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
 * @param signers where its memberships' cohort keys are held; empty if in this process
 * @param mainnet whether it may take part in cohorts of {@link Network#BITCOIN}
 */
public record Outside(
    Relays relays,
    ChainBackend chain,
    Duration pollEvery,
    SecureRandom random,
    Journals journals,
    Optional<SealedStores> sealed,
    Optional<Signers> signers,
    boolean mainnet) {
  /** Checks that the pause is positive, and that nobody else's nonces are to be sealed here. */
  public Outside {
    if (pollEvery.isNegative() || pollEvery.isZero()) {
      throw new IllegalArgumentException("pause must be positive, got " + pollEvery);
    }
    if (sealed.isPresent() && signers.isPresent()) {
      throw new IllegalArgumentException(
          "nonces must be sealed by whoever holds them, here that is another process");
    }
  }

  /** Keeps its facts in memory, and stays off mainnet. */
  public Outside(Relays relays, ChainBackend chain, Duration pollEvery, SecureRandom random) {
    this(relays, chain, pollEvery, random, Journals.inMemory(), Optional.empty(), Optional.empty(), false);
  }

  /** The same world with journals elsewhere. */
  public Outside keeping(Journals others) {
    return new Outside(relays, chain, pollEvery, random, others, sealed, signers, mainnet);
  }

  /** The same world where nonces outlive their process, for members that come and go (R9). */
  public Outside sealing(SealedStores stores) {
    return new Outside(
        relays, chain, pollEvery, random, journals, Optional.of(stores), signers, mainnet);
  }

  /** The same world where cohort keys and nonces are held by others than this process. */
  public Outside signing(Signers others) {
    return new Outside(
        relays, chain, pollEvery, random, journals, sealed, Optional.of(others), mainnet);
  }

  /** The same world with the explicit consent to mainnet: what is signed there is money. */
  public Outside allowingMainnet() {
    return new Outside(relays, chain, pollEvery, random, journals, sealed, signers, true);
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
