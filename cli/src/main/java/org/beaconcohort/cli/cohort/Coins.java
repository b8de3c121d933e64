package org.beaconcohort.cli.cohort;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.regtest.ChainUrl;
import org.beaconcohort.cli.regtest.Fixture;
import org.beaconcohort.cli.regtest.Miner;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.StrictJson;

/** Where coins come from: the fixture's faucet if that is wanted, else whoever reads the screen. */
final class Coins implements AutoCloseable {
  private static final Duration MINER_PAUSE = Duration.ofMillis(500);

  private final Network network;
  private final String chain;
  private final Optional<Fixture> faucet;
  private final Optional<Miner> miner;
  private final Set<String> told = new HashSet<>();

  private Coins(Network network, String chain, Optional<Fixture> faucet) {
    this.network = network;
    this.chain = chain;
    this.faucet = faucet;
    this.miner = faucet.map(fixture -> Miner.start(fixture, MINER_PAUSE));
  }

  static Coins of(Reach reach, Network network) {
    String chain = ChainUrl.checked(reach.chain());
    Optional<Fixture> faucet = reach.faucet() ? Optional.of(new Fixture(chain)) : Optional.empty();
    return new Coins(network, chain, faucet);
  }

  /** Pays {@code address}, or says once how to. */
  synchronized void wanted(Report report, String what, String address, long satoshi) {
    if (!told.add(address)) {
      return;
    }
    if (faucet.isPresent()) {
      faucet.get().fund(address, satoshi);
      report.note("the faucet paid " + Brief.sat(satoshi) + " to " + what + ", " + address);
      return;
    }
    report.line("fund " + what + " with at least " + Brief.sat(satoshi) + ":");
    report.line("  " + address);
    if (network == Network.REGTEST) {
      report.line("  beacon-cohort chain fund " + address + " " + satoshi + " --chain " + chain);
    }
    report.event(
        "needs-coins",
        StrictJson.newObject().put("what", what).put("address", address).put("satoshi", satoshi));
  }

  /** It may be wanted at this address once more: another membership begins. */
  synchronized void again(String address) {
    told.remove(address);
  }

  @Override
  public void close() {
    miner.ifPresent(Miner::close);
  }
}
