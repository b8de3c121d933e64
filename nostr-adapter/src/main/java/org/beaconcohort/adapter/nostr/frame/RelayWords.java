package org.beaconcohort.adapter.nostr.frame;

/** A relay's words made fit for a terminal or a log: one line, at most 200 characters. */
public final class RelayWords {
  private static final int MAX = 200;

  private RelayWords() {}

  public static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX); i++) {
      char c = text.charAt(i);
      boolean shown = (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && Character.isLetterOrDigit(c));
      out.append(shown ? c : '?');
    }
    return text.length() > MAX ? out.append('…').toString() : out.toString();
  }
}
