package org.beaconcohort.cli.cohort;

import java.security.SecureRandom;
import java.time.Duration;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.cli.command.NetworkOption;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.wiring.Wiring;
import org.beaconcohort.cohort.bitcoin.address.Network;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The network of a cohort, how deep its transactions must be, and how often the chain is asked. */
final class OnChain {
  private static final int DEEP = 6;
  private static final int MOST = 1_000;

  /** A public Esplora server limits how often it may be asked; a fixture does not. */
  private static final Duration POLL_FIXTURE = Duration.ofMillis(500);

  private static final Duration POLL_SERVER = Duration.ofSeconds(15);

  @Mixin private NetworkOption network = new NetworkOption();

  @Option(
      names = "--confirmations",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Blocks that make a transaction count, 1 to 1000 (default: 1 on regtest, else 6).")
  private int confirmations;

  /**
   * The network.
   *
   * @throws CommandFailure also if it has no faucet and one is wanted
   */
  Network network(Reach reach) {
    Network checked = network();
    if (reach.faucet() && checked != Network.REGTEST) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "FAUCET",
          "--faucet must come with --network regtest, got " + checked.specName(),
          "leave --faucet out and pay the addresses that are printed");
    }
    return checked;
  }

  private Network network() {
    return network.checked();
  }

  int confirmations() {
    if (confirmations < 0 || confirmations > MOST) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "CONFIRMATIONS",
          "confirmations must be 1 to " + MOST + " blocks, got " + confirmations,
          "correct that option");
    }
    if (confirmations > 0) {
      return confirmations;
    }
    return network() == Network.REGTEST ? 1 : DEEP;
  }

  /** Says on mainnet what this version leaves behind there. */
  void warn(Report report) {
    if (network().isMainnet()) {
      report.note(
          "mainnet: what a round leaves on the beacon address is spent by all members together or"
              + " not at all, in another round or in one that pays the next cohort; fund it with"
              + " little");
    }
  }

  EsploraChain chain(Reach reach) {
    return Wiring.chain(reach.chain(), network());
  }

  /** The world with facts in memory. */
  Outside outside(Reach reach, EsploraChain chain, SecureRandom random) {
    Duration poll = network() == Network.REGTEST ? POLL_FIXTURE : POLL_SERVER;
    Outside outside = new Outside(Wiring.relays(reach.relays()), chain, poll, random);
    return network().isMainnet() ? outside.allowingMainnet() : outside;
  }
}
