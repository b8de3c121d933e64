package org.beaconcohort.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.bitcoin.address.Network;
import picocli.CommandLine.Option;

/** Which Bitcoin network is meant; mainnet takes a second word. */
public final class NetworkOption {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "regtest",
      description =
          "Bitcoin network: bitcoin, signet, regtest, testnet3, testnet4 or mutinynet (default:"
              + " ${DEFAULT-VALUE}).")
  private String name = "regtest";

  @Option(
      names = "--mainnet",
      description = "With --network bitcoin: yes, mainnet; what is signed there is real money.")
  private boolean mainnet;

  /**
   * The network.
   *
   * @throws CommandFailure usage for a name that did:btcr2 does not know, and for {@code --mainnet}
   *     with another network; refused for mainnet without it
   */
  public Network checked() {
    Network network = Network.ofSpecName(name).orElseThrow(this::unknown);
    if (network.isMainnet() && !mainnet) {
      throw CommandFailure.refused(
          "MAINNET",
          "network bitcoin must come with --mainnet, since it is real money",
          "try a test network first, for instance --network signet, or add --mainnet");
    }
    if (mainnet && !network.isMainnet()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "MAINNET",
          "--mainnet must come with --network bitcoin, got --network " + name,
          "correct one of the two");
    }
    return network;
  }

  private CommandFailure unknown() {
    String known =
        Arrays.stream(Network.values()).map(Network::specName).collect(Collectors.joining(", "));
    return new CommandFailure(
        ExitCode.USAGE,
        "NETWORK",
        "network must be one of " + known + ", got " + name,
        "correct that option");
  }
}
