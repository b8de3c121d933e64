package org.beaconcohort.cohort.message;

import java.time.Instant;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A statement whose id and signature have been verified at the edge.
 *
 * @param id of the inner event, 32 bytes
 * @param author x-only key that signed it, 32 bytes
 * @param createdAt the author's clock, whole seconds; decides nothing (R13)
 * @param event the complete event as text, byte for byte what others can check
 * @param header common fields
 * @param body what it says
 */
public record SignedStatement(
    Bytes id, Bytes author, Instant createdAt, String event, Header header, Statement body) {
  /** Checks lengths. */
  public SignedStatement {
    if (id.size() != 32 || author.size() != 32) {
      throw new IllegalArgumentException(
          "id and author must be 32 bytes, got " + id.size() + " and " + author.size());
    }
  }

  /** {@code kind:pubkey:d} of an announcement (NIP-01 addressable event). */
  public static String coordinate(Bytes author, String identifier) {
    return StatementKind.ANNOUNCEMENT.eventKind() + ":" + author.hex() + ":" + identifier;
  }

  /** Kind, id and author; never the event, which in a welcome spells the channel key. */
  @Override
  public String toString() {
    return "SignedStatement[" + body.kind() + " " + id + " by " + author + "]";
  }
}
