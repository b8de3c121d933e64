package org.beaconcohort.adapter.nostr.wrap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.InvalidPayloadException;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.adapter.nostr.wrap.Opened.Duplicate;
import org.beaconcohort.adapter.nostr.wrap.Opened.Fault;
import org.beaconcohort.adapter.nostr.wrap.Opened.Inner;
import org.beaconcohort.adapter.nostr.wrap.Opened.PartKept;
import org.beaconcohort.adapter.nostr.wrap.Opened.Refused;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.InvalidPointException;

/**
 * Opens the outer events of one tag in the order of rule N13: size, MAC, inner id, inner signature.
 * For the channel the outer signature proves nothing and is not looked at; for an inbox it comes
 * first (NIP-44). Not for use by two threads at once.
 *
 * <p>Whether the author may speak here is for the caller to judge.
 */
public final class OuterReader {
  private static final EventLimits IN_ONE = new EventLimits(OuterEvents.MAX_IN_ONE, 2_000, 64);
  private static final EventLimits IN_PARTS = new EventLimits(Parts.MAX_WHOLE, 2_000, 64);
  private static final int PENDING_WHOLES = 32;
  private static final long PENDING_BYTES = 2L * Parts.MAX_WHOLE;

  /** The text inside an outer event, by the key that this kind of reader has for it. */
  private interface Decryption {
    String text(NostrEvent outer);
  }

  private final Bytes tag;
  private final boolean checkOuterSignature;
  private final Decryption decryption;
  private final SeenIds seen;
  private final Parts parts = new Parts(PENDING_WHOLES, PENDING_BYTES);

  private OuterReader(Bytes tag, boolean checkOuterSignature, Decryption decryption, SeenIds seen) {
    this.tag = tag;
    this.checkOuterSignature = checkOuterSignature;
    this.decryption = decryption;
    this.seen = seen;
  }

  /** A reader for one round of a channel; {@code seen} holds the inner ids handed over already. */
  public static OuterReader ofChannel(ChannelRound round, SeenIds seen) {
    return new OuterReader(round.tag(), false, outer -> decrypt(outer, round.conversation()), seen);
  }

  /** A reader for what is sent to the one-time key {@code inbox}, which stays the caller's. */
  public static OuterReader ofInbox(SecretKey inbox, SeenIds seen) {
    return new OuterReader(
        inbox.xOnlyPublicKey(), true, outer -> decryptDirected(outer, inbox), seen);
  }

  /** The {@code p} tag this reader is for, 32 bytes. */
  public Bytes tag() {
    return tag;
  }

  public Opened open(NostrEvent outer) {
    if (outer.kind() != OuterEvents.KIND || !outer.tagValues("p").equals(List.of(tag.hex()))) {
      return new Refused(Fault.NOT_OURS, "outer event must be of kind 4640 with our p tag alone");
    }
    if (checkOuterSignature && !outer.verify()) {
      return new Refused(Fault.OUTER_SIGNATURE, "outer id or signature is wrong");
    }
    String text;
    try {
      text = decryption.text(outer);
    } catch (InvalidPayloadException | InvalidPointException e) {
      return new Refused(Fault.PAYLOAD, String.valueOf(e.getMessage()));
    }
    try {
      return text.startsWith("[") ? part(Part.ofJson(text)) : inner(text, IN_ONE);
    } catch (MalformedEventException e) {
      return new Refused(Fault.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private Opened part(Part part) {
    Optional<Bytes> whole = parts.add(part);
    if (whole.isPresent()) {
      return inner(utf8(whole.get()), IN_PARTS);
    }
    return new PartKept(part.whole(), parts.have(part.whole()), part.count());
  }

  private Opened inner(String json, EventLimits limits) {
    NostrEvent event = NostrEvent.ofJson(json, limits);
    if (!event.hasRightId()) {
      return new Refused(Fault.INNER_ID, "inner id is not the hash of the inner event");
    }
    // The id covers all but the signature, so a known id needs no second look at that.
    if (seen.has(event.id())) {
      return new Duplicate(event.id());
    }
    if (!event.verify()) {
      return new Refused(Fault.INNER_SIGNATURE, "inner signature is not its author's");
    }
    seen.add(event.id());
    return new Inner(event);
  }

  private static String decrypt(NostrEvent outer, ConversationKey conversation) {
    return Nip44.decrypt(outer.content(), conversation, OuterEvents.MAX_IN_ONE);
  }

  private static String decryptDirected(NostrEvent outer, SecretKey inbox) {
    ConversationKey conversation = ConversationKey.between(inbox, outer.pubkey());
    try {
      return decrypt(outer, conversation);
    } finally {
      conversation.destroy();
    }
  }

  private static String utf8(Bytes whole) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(whole.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEventException("the whole of all parts must be UTF-8", e);
    }
  }
}
