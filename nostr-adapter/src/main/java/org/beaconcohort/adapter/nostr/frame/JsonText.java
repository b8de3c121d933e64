package org.beaconcohort.adapter.nostr.frame;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** JSON strings for what we send; nothing of it is hashed. */
final class JsonText {
  private JsonText() {}

  static String string(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  static String strings(List<String> texts) {
    return texts.stream().map(JsonText::string).collect(Collectors.joining(",", "[", "]"));
  }
}
