package org.beaconcohort.adapter.nostr.profile;

import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.cohort.message.SignedStatement;

/** Sees how a transport fares, for logs, progress and counters; called on its loop. */
public interface TransportListener {
  /** Hears nothing. */
  TransportListener NONE = new TransportListener() {};

  /** One event that carries {@code statement} reached its quorum, or will not. */
  default void published(SignedStatement statement, PublishResult result) {}

  /** A statement could not even be sent, and why. */
  default void notSent(SignedStatement statement, RuntimeException why) {}

  /** Something that reached us was not believed, and why. */
  default void dropped(String why) {}
}
