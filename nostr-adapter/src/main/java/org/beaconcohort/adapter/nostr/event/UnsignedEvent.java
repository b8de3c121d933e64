package org.beaconcohort.adapter.nostr.event;

import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * What an author puts into an event before signing: Unix seconds, kind, tags, content.
 *
 * <p>Refuses control characters, DEL and lone surrogates: relays disagree about the hash of the
 * first two and store none of the last.
 */
public record UnsignedEvent(long createdAt, int kind, List<List<String>> tags, String content) {
  public UnsignedEvent {
    tags = NostrEvent.checked(createdAt, kind, tags, content);
    refuseControlCharacters("content", content);
    for (List<String> tag : tags) {
      for (String element : tag) {
        refuseControlCharacters("tag " + tag.getFirst(), element);
      }
    }
  }

  /** The event signed by {@code key}; {@code auxRand} is 32 fresh random bytes (BIP-340). */
  public NostrEvent sign(SecretKey key, Bytes auxRand) {
    Bytes pubkey = key.xOnlyPublicKey();
    Bytes id = NostrEvent.idOf(pubkey, createdAt, kind, tags, content);
    return new NostrEvent(
        id, pubkey, createdAt, kind, tags, content, Schnorr.sign(key, id, auxRand));
  }

  private static void refuseControlCharacters(String what, String text) {
    int at = CanonicalText.controlCharacter(text);
    if (at >= 0) {
      throw new MalformedEventException(
          "%s must hold printable characters only, got U+%04X at index %d; encode it first"
              .formatted(what, (int) text.charAt(at), at));
    }
  }
}
