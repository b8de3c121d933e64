package org.beaconcohort.cli.regtest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;

/** Relays and chain of whole cohorts in this process, unless others are named. */
public final class Stage implements AutoCloseable {
  private final Optional<FixtureRelay> ownRelay;
  private final Optional<FixtureChain> ownChain;
  private final List<String> relays;
  private final String chain;
  private final Fixture fixture;
  private final Miner miner;

  private Stage(
      Optional<FixtureRelay> ownRelay,
      Optional<FixtureChain> ownChain,
      List<String> relays,
      String chain,
      Duration minerPause) {
    this.ownRelay = ownRelay;
    this.ownChain = ownChain;
    this.relays = List.copyOf(relays);
    this.chain = chain;
    this.fixture = new Fixture(chain);
    this.miner = Miner.start(fixture, minerPause);
  }

  /**
   * Starts what is not named: {@code relays} empty means an own one, so does no chain.
   *
   * @param minerPause between two looks whether a transaction waits for a block
   */
  public static Stage open(List<String> relays, Optional<String> chain, Duration minerPause) {
    Optional<String> given = chain.map(ChainUrl::checked);
    Optional<FixtureRelay> ownRelay =
        relays.isEmpty()
            ? Optional.of(FixtureRelay.start(0, RelayLimits.defaults()))
            : Optional.empty();
    Optional<FixtureChain> ownChain =
        given.isEmpty() ? Optional.of(FixtureChain.start(0)) : Optional.empty();
    return new Stage(
        ownRelay,
        ownChain,
        ownRelay.map(relay -> List.of(relay.url())).orElse(relays),
        ownChain.map(FixtureChain::url).or(() -> given).orElseThrow(),
        minerPause);
  }

  /** Where relays are. */
  public List<String> relays() {
    return relays;
  }

  /** Where the chain is. */
  public String chain() {
    return chain;
  }

  /** Its faucet and miner. */
  public Fixture fixture() {
    return fixture;
  }

  /** Whether the relay is in this process. */
  public boolean hasOwnRelay() {
    return ownRelay.isPresent();
  }

  /** Whether the chain is in this process. */
  public boolean hasOwnChain() {
    return ownChain.isPresent();
  }

  @Override
  public void close() {
    miner.close();
    ownRelay.ifPresent(FixtureRelay::close);
    ownChain.ifPresent(FixtureChain::close);
  }
}
