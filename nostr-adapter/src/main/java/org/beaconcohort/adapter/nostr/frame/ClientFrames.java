package org.beaconcohort.adapter.nostr.frame;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;

/** The frames a client sends. */
public final class ClientFrames {
  private ClientFrames() {}

  public static String event(NostrEvent event) {
    return "[\"EVENT\"," + event.toJson() + "]";
  }

  /** Opens subscription {@code name}, or replaces its filters. */
  public static String request(String name, List<Filter> filters) {
    StringBuilder out = new StringBuilder("[\"REQ\",").append(JsonText.string(name));
    for (Filter filter : filters) {
      out.append(',').append(filter.toJson());
    }
    return out.append(']').toString();
  }

  public static String close(String name) {
    return "[\"CLOSE\"," + JsonText.string(name) + "]";
  }
}
