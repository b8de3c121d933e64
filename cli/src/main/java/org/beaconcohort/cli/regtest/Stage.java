package org.beaconcohort.cli.regtest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;

/** Relays and chain of whole cohorts in this process, unless others are named. */
public final class Stage implements AutoCloseable {
  private final List<FixtureRelay> ownRelays;
  private final Optional<FixtureChain> ownChain;
  private final List<String> relays;
  private final String chain;
  private final Fixture fixture;
  private final Miner miner;

  private Stage(
      List<FixtureRelay> ownRelays,
      Optional<FixtureChain> ownChain,
      List<String> relays,
      String chain,
      Duration minerPause) {
    this.ownRelays = List.copyOf(ownRelays);
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
    return relays.isEmpty()
        ? open(1, chain, minerPause)
        : open(List.of(), relays, chain.map(ChainUrl::checked), minerPause);
  }

  /**
   * Starts that many relays, which can be stopped, and a chain unless one is named.
   *
   * @param minerPause between two looks whether a transaction waits for a block
   */
  public static Stage open(int relays, Optional<String> chain, Duration minerPause) {
    Optional<String> given = chain.map(ChainUrl::checked);
    List<FixtureRelay> own =
        Stream.generate(() -> FixtureRelay.start(0, RelayLimits.defaults())).limit(relays).toList();
    return open(own, own.stream().map(FixtureRelay::url).toList(), given, minerPause);
  }

  private static Stage open(
      List<FixtureRelay> own, List<String> relays, Optional<String> given, Duration minerPause) {
    Optional<FixtureChain> ownChain =
        given.isEmpty() ? Optional.of(FixtureChain.start(0)) : Optional.empty();
    return new Stage(
        own,
        ownChain,
        relays,
        ownChain.map(FixtureChain::url).or(() -> given).orElseThrow(),
        minerPause);
  }

  /** Where relays are. */
  public List<String> relays() {
    return relays;
  }

  /** Stops one of its own relays for good: its connections drop, and it takes no new ones. */
  public void stopRelay(int index) {
    ownRelays.get(index).stop();
  }

  /** Where the chain is. */
  public String chain() {
    return chain;
  }

  /** Its faucet and miner. */
  public Fixture fixture() {
    return fixture;
  }

  /** Whether its relays are in this process. */
  public boolean hasOwnRelay() {
    return !ownRelays.isEmpty();
  }

  /** Whether the chain is in this process. */
  public boolean hasOwnChain() {
    return ownChain.isPresent();
  }

  @Override
  public void close() {
    miner.close();
    ownRelays.forEach(FixtureRelay::close);
    ownChain.ifPresent(FixtureChain::close);
  }
}
