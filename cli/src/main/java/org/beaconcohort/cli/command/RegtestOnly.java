package org.beaconcohort.cli.command;

import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.bitcoin.address.Network;
import picocli.CommandLine.Option;

/** The network option, which has one value until the journal is durable. */
public final class RegtestOnly {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "regtest",
      description = "Bitcoin network. Only regtest until the journal is durable.")
  private String network = "regtest";

  /**
   * The network.
   *
   * @throws CommandFailure refused, for any other than regtest
   */
  public Network checked() {
    if (!network.equals(Network.REGTEST.specName())) {
      throw CommandFailure.refused(
          "NOT_SUPPORTED",
          "network must be regtest while the journal is in memory, got " + network,
          "a process that ends forgets what it signed; wait for the durable journal");
    }
    return Network.REGTEST;
  }
}
