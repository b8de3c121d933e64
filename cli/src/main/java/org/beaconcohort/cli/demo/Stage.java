package org.beaconcohort.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cli.regtest.ChainUrl;
import org.beaconcohort.cli.regtest.Fixture;
import org.beaconcohort.cli.regtest.Miner;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;

/** Relays and chain of a demo: in this process, unless others are named. */
final class Stage implements AutoCloseable {
  private static final Duration MINER_PAUSE = Duration.ofMillis(100);

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
      String chain) {
    this.ownRelay = ownRelay;
    this.ownChain = ownChain;
    this.relays = List.copyOf(relays);
    this.chain = chain;
    this.fixture = new Fixture(chain);
    this.miner = Miner.start(fixture, MINER_PAUSE);
  }

  /** Starts what is not named: {@code relays} empty means an own one, so does no chain. */
  static Stage open(List<String> relays, Optional<String> chain) {
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
        ownChain.map(FixtureChain::url).or(() -> given).orElseThrow());
  }

  List<String> relays() {
    return relays;
  }

  String chain() {
    return chain;
  }

  Fixture fixture() {
    return fixture;
  }

  boolean hasOwnRelay() {
    return ownRelay.isPresent();
  }

  boolean hasOwnChain() {
    return ownChain.isPresent();
  }

  @Override
  public void close() {
    miner.close();
    ownRelay.ifPresent(FixtureRelay::close);
    ownChain.ifPresent(FixtureChain::close);
  }
}
