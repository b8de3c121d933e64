package org.beaconcohort.adapter.nostr.wrap;

import javax.security.auth.Destroyable;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.musig2.bytes.Bytes;

/** The part of a channel that belongs to one round: its conversation key and its 32-byte tag. */
public final class ChannelRound implements Destroyable {
  private final long number;
  private final ConversationKey conversation;
  private final Bytes tag;

  ChannelRound(long number, ConversationKey conversation, Bytes tag) {
    this.number = number;
    this.conversation = conversation;
    this.tag = tag;
  }

  public long number() {
    return number;
  }

  /** The value of the {@code p} tag of this round's outer events, 32 bytes. */
  public Bytes tag() {
    return tag;
  }

  ConversationKey conversation() {
    return conversation;
  }

  @Override
  public void destroy() {
    conversation.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return conversation.isDestroyed();
  }

  @Override
  public String toString() {
    return "ChannelRound " + number + " with tag " + tag;
  }
}
