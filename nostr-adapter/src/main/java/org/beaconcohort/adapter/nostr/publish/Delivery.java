package org.beaconcohort.adapter.nostr.publish;

import org.beaconcohort.adapter.nostr.frame.Refusal;

/** What is known of one event at one relay. */
public sealed interface Delivery {
  /** Not sent yet, or to be sent again, and why. */
  record Waiting(String why) implements Delivery {}

  /** Sent, the relay's answer is due. */
  record Sent() implements Delivery {}

  /** Sent, no answer came in time: the relay may or may not have it. It will be sent again. */
  record Unknown() implements Delivery {}

  /** The relay says it has the event; {@code readBack} if it also gave it out again. */
  record Accepted(boolean readBack) implements Delivery {}

  /** The relay will not have it, in its words. */
  record Refused(Refusal refusal, String words) implements Delivery {}
}
