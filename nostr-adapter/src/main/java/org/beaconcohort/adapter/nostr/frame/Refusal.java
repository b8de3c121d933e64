package org.beaconcohort.adapter.nostr.frame;

import java.util.Locale;

/**
 * Why a relay said no, by the machine-readable word of NIP-01 in its message, which is searched
 * for: some relays put other words before it.
 */
public enum Refusal {
  /** Not a refusal: the relay has the event. */
  DUPLICATE("duplicate:", Then.DONE),
  AUTH_REQUIRED("auth-required:", Then.FINAL),
  RESTRICTED("restricted:", Then.FINAL),
  BLOCKED("blocked:", Then.FINAL),
  INVALID("invalid:", Then.FINAL),
  POW("pow:", Then.FINAL),
  REPLACED("replaced:", Then.FINAL),
  DELETED("deleted:", Then.FINAL),
  MUTE("mute:", Then.RETRY),
  RATE_LIMITED("rate-limited:", Then.RETRY),
  ERROR("error:", Then.RETRY),
  /** No word we know. */
  UNKNOWN("", Then.RETRY);

  /** What to do with the same bytes at the same relay. */
  public enum Then {
    DONE,
    RETRY,
    FINAL
  }

  private final String word;
  private final Then then;

  Refusal(String word, Then then) {
    this.word = word;
    this.then = then;
  }

  /** The refusal that {@code message} names; a named word counts before a mere "error:". */
  public static Refusal of(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    for (Refusal refusal : values()) {
      if (refusal != UNKNOWN && holds(lower, refusal.word)) {
        return refusal;
      }
    }
    return UNKNOWN;
  }

  public Then then() {
    return then;
  }

  private static boolean holds(String message, String word) {
    for (int at = message.indexOf(word); at >= 0; at = message.indexOf(word, at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(message.charAt(at - 1))) {
        return true;
      }
    }
    return false;
  }
}
