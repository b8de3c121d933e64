package org.beaconcohort.adapter.chain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refused broadcast means for the same bytes, by the error of Bitcoin Core that the server
 * passes on. Words decide only where one code has several meanings.
 */
enum Refusal {
  /** In a block already. */
  CONFIRMED_BEFORE,
  /** Missing inputs: confirmed, beaten, or early. Only the chain can tell. */
  AMBIGUOUS,
  /** The same bytes may be taken later. */
  PASSING,
  /** The same bytes will never be taken. */
  LASTING;

  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*(-?[0-9]{1,6})");

  private static final List<String> PASSING_WORDS =
      List.of(
          "min relay fee not met",
          "mempool min fee not met",
          "mempool full",
          "insufficient fee",
          "replacement-failed",
          "too many potential replacements",
          "txn-mempool-conflict",
          "non-final",
          "non-BIP68-final",
          "TRUC-violation",
          "too-large-cluster",
          "too-long-mempool-chain",
          "missing-ephemeral-spends",
          "premature spend of coinbase");

  /** The meaning of an error text; a code nobody knows is passing, so that nothing is given up. */
  static Refusal of(String text) {
    Matcher matcher = CODE.matcher(text);
    int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    return switch (code) {
      case -27 -> CONFIRMED_BEFORE;
      case -25 ->
          text.contains("missingorspent") || text.contains("missing-inputs") ? AMBIGUOUS : LASTING;
      case -26 -> {
        if (text.contains("missing-inputs")) {
          yield AMBIGUOUS;
        }
        yield PASSING_WORDS.stream().anyMatch(text::contains) ? PASSING : LASTING;
      }
      case -22, -3, -8, -32601, -32700 -> LASTING;
      default -> PASSING;
    };
  }
}
