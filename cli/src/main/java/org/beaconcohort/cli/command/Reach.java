package org.beaconcohort.cli.command;

import java.util.List;
import picocli.CommandLine.Option;

/** Relays and chain source of a party. */
public final class Reach {
  @Option(
      names = "--relay",
      required = true,
      arity = "1..*",
      paramLabel = "URL",
      description = "Nostr relays, ws:// or wss://, all used at once.")
  private List<String> relays = List.of();

  @Option(
      names = "--chain",
      required = true,
      paramLabel = "URL",
      description = "Own chain source: base URL of an Esplora interface.")
  private String chain = "";

  @Option(
      names = "--faucet",
      description =
          "Ask the chain for coins and blocks; only `beacon-cohort chain` gives any. Without it"
              + " the addresses to fund are printed.")
  private boolean faucet;

  /** Relay URLs, at least one. */
  public List<String> relays() {
    return List.copyOf(relays);
  }

  /** Base URL. */
  public String chain() {
    return chain;
  }

  /** Whether the chain is a regtest fixture that pays. */
  public boolean faucet() {
    return faucet;
  }
}
