package org.beaconcohort.adapter.keystore.format;

import org.beaconcohort.cohort.bitcoin.address.Network;

/**
 * A path of BIP-86: {@code m/86'/coin'/account'/change/index}. The coin is 0 for bitcoin and 1 for
 * every other network (BIP-44), so a key of play money is never one of real money.
 *
 * @param account 0 to 2^31 − 1
 * @param change 0 for receiving, 1 for change
 * @param index 0 to 2^31 − 1
 */
public record KeyPath(Network network, int account, int change, int index) {
  private static final int HARDENED = 0x80000000;
  private static final int PURPOSE = 86;

  public KeyPath {
    if (account < 0 || index < 0 || change < 0 || change > 1) {
      throw new MalformedKeyException(
          "path must have an account and an index of 0 to 2147483647 and a change of 0 or 1, got "
              + "account "
              + account
              + ", change "
              + change
              + ", index "
              + index,
          "give for instance m/86'/0'/0'/0/0");
    }
  }

  /** The first receiving key of the first account. */
  public static KeyPath first(Network network) {
    return new KeyPath(network, 0, 0, 0);
  }

  /**
   * Parses {@code m/86'/coin'/account'/change/index}.
   *
   * @throws MalformedKeyException for any other path, or another network's coin
   */
  public static KeyPath parse(String text, Network network) {
    String[] steps = text.split("/", -1);
    String start = "m/" + PURPOSE + "'/" + coin(network) + "'/";
    if (steps.length != 6
        || !text.startsWith(start)
        || !steps[3].matches("[0-9]{1,10}'")
        || !steps[4].matches("[01]")
        || !steps[5].matches("[0-9]{1,10}")) {
      throw new MalformedKeyException(
          "path must be "
              + start
              + "ACCOUNT'/CHANGE/INDEX on "
              + network.specName()
              + ", got "
              + (text.length() > 60 ? "one of " + text.length() + " characters" : text),
          "give for instance " + first(network));
    }
    return new KeyPath(
        network,
        number(steps[3].substring(0, steps[3].length() - 1)),
        Integer.parseInt(steps[4]),
        number(steps[5]));
  }

  /** The steps from the master key; the highest bit means hardened (BIP-32). */
  int[] steps() {
    return new int[] {
      HARDENED | PURPOSE, HARDENED | coin(network), HARDENED | account, change, index
    };
  }

  @Override
  public String toString() {
    return "m/" + PURPOSE + "'/" + coin(network) + "'/" + account + "'/" + change + "/" + index;
  }

  private static int coin(Network network) {
    return network == Network.BITCOIN ? 0 : 1;
  }

  /** -1 if it is too large, which the constructor refuses. */
  private static int number(String digits) {
    long number = Long.parseLong(digits);
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }
}
