package org.beaconcohort.adapter.nostr.wrap;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * Makes outer events: kind 4640, one {@code p} tag, an author key that is thrown away after one
 * event, and the encrypted inner event as content (rule N13).
 */
public final class OuterEvents {
  public static final int KIND = 4640;

  /** Bytes of UTF-8 an inner event may have to go out in one piece. */
  public static final int MAX_IN_ONE = Nip44.MAX_SENT;

  private final SecureRandom random;

  public OuterEvents(SecureRandom random) {
    this.random = random;
  }

  /**
   * The outer events, one or several, that carry {@code inner} to everyone who holds the channel.
   *
   * @throws OversizedEventException if its JSON is above {@link Parts#MAX_WHOLE}
   */
  public List<NostrEvent> toChannel(ChannelRound round, NostrEvent inner, Stamp stamp) {
    List<NostrEvent> outer = new ArrayList<>();
    for (String text : texts(inner)) {
      SecretKey author = SecretKey.generate(random);
      outer.add(seal(author, round.conversation(), round.tag(), text, stamp));
    }
    return outer;
  }

  /**
   * The outer events that carry {@code inner} to the owner of the one-time inbox key {@code inbox}
   * (x-only, 32 bytes) alone.
   *
   * @throws OversizedEventException if its JSON is above {@link Parts#MAX_WHOLE}
   * @throws org.beaconcohort.musig2.engine.InvalidPointException if {@code inbox} is no key
   */
  public List<NostrEvent> toInbox(Bytes inbox, NostrEvent inner, Stamp stamp) {
    List<NostrEvent> outer = new ArrayList<>();
    for (String text : texts(inner)) {
      SecretKey author = SecretKey.generate(random);
      ConversationKey conversation = ConversationKey.between(author, inbox);
      try {
        outer.add(seal(author, conversation, inbox, text, stamp));
      } finally {
        conversation.destroy();
      }
    }
    return outer;
  }

  private NostrEvent seal(
      SecretKey author, ConversationKey conversation, Bytes tag, String text, Stamp stamp) {
    try {
      List<List<String>> tags = new ArrayList<>();
      tags.add(List.of("p", tag.hex()));
      if (stamp.expiration() != Stamp.NEVER) {
        tags.add(List.of("expiration", Long.toString(stamp.expiration())));
      }
      String content = Nip44.encrypt(text, conversation, random);
      byte[] aux = new byte[32];
      random.nextBytes(aux);
      return new UnsignedEvent(stamp.createdAt(), KIND, tags, content).sign(author, Bytes.of(aux));
    } finally {
      author.destroy();
    }
  }

  private static List<String> texts(NostrEvent inner) {
    String json = inner.toJson();
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= MAX_IN_ONE) {
      return List.of(json);
    }
    return Parts.cut(utf8).stream().map(Part::toJson).toList();
  }
}
