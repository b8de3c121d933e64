package org.beaconcohort.cohort.message;

import java.util.function.Function;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.message.RoundStatement.Claim;
import org.beaconcohort.cohort.message.RoundStatement.EpochClaim;
import org.beaconcohort.cohort.message.RoundStatement.FallbackTaken;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A statement as the content of its inner event: ASCII JSON in one line, of which there is exactly
 * one for a header and a body. Fields come in a fixed order and none is left out; byte strings are
 * lower-case hexadecimal, an absent id is the empty string, durations are seconds.
 *
 * <p>Decoding encodes again and compares, so that no other text decodes: unknown fields, other
 * orders, other spellings of numbers, characters and hexadecimal digits, spaces.
 */
public final class StatementCodec {
  /** Most bytes of the content, but for the kinds that travel in parts. */
  public static final int MAX_SIZE = 40_960;

  /**
   * Most bytes of the content of the kinds that travel in parts, 1 MiB; of a bundle twice that, and
   * of a succession, which holds all members' opt-ins and acknowledgements, three times.
   */
  public static final int MAX_SIZE_IN_PARTS = 1 << 20;

  /** Most bytes of the event that carries a content, in parts. */
  public static final int MAX_EVENT = 4 * MAX_SIZE_IN_PARTS;

  /** More than an event has besides its content. */
  private static final int ENVELOPE = 1_000;

  private static final int DEEPEST = 6;

  private StatementCodec() {}

  /** What a content says. */
  public record Decoded(Header header, Statement body) {}

  /** Most bytes of the content of a statement of this kind. */
  public static int maxSize(StatementKind kind) {
    return switch (kind) {
      case BUNDLE -> 2 * MAX_SIZE_IN_PARTS;
      case SUCCESSION -> 3 * MAX_SIZE_IN_PARTS;
      case KEYSET_PROPOSAL, PROPOSAL, SYNC -> MAX_SIZE_IN_PARTS;
      default -> MAX_SIZE;
    };
  }

  /**
   * The content of a statement.
   *
   * @throws MalformedStatementException if it is longer than {@link #maxSize} or holds what no
   *     content can: numbers beyond 2^53 − 1, half of a surrogate pair
   */
  public static String encode(Header header, Statement body) {
    String content;
    try {
      content = write(header, body);
    } catch (IllegalArgumentException inexpressible) {
      throw malformed(body.kind(), inexpressible);
    }
    checkSize(body.kind(), content.length());
    if (content.length() > MAX_SIZE_IN_PARTS) {
      checkEvent(body.kind(), content);
    }
    return content;
  }

  /** Whether a content can say this, whoever says it: it is not larger than {@link #maxSize}. */
  public static boolean fits(Statement body) {
    Bytes id = Bytes.of(new byte[32]);
    Header longest = new Header(id, id, id.slice(0, 16), 1L << 40, id, Integer.MAX_VALUE);
    try {
      return !encode(longest, body).isEmpty();
    } catch (MalformedStatementException tooLarge) {
      return false;
    }
  }

  /**
   * The statement of a content.
   *
   * @param kind the kind of the event that carried it
   * @param within reads the events within, id and signature verified
   * @throws MalformedStatementException if {@link #encode} does not give {@code content} for any
   *     statement of that kind
   */
  public static Decoded decode(
      StatementKind kind, String content, Function<String, SignedStatement> within) {
    checkSize(kind, content.length());
    Decoded decoded;
    String canonical;
    try {
      JsonReader json =
          new JsonReader(
              StrictJson.parseObject(content, new JsonLimits(maxSize(kind), DEEPEST), "statement"),
              "statement");
      decoded = new Decoded(header(json), body(kind, json.object("body"), within));
      canonical = write(decoded.header(), decoded.body());
    } catch (IllegalArgumentException | MalformedTransactionException malformed) {
      throw malformed(kind, malformed);
    }
    if (!canonical.equals(content)) {
      throw new MalformedStatementException(
          "statement of kind "
              + kind
              + " must be canonical, got other text from character "
              + firstDifference(canonical, content));
    }
    return decoded;
  }

  private static String write(Header header, Statement body) {
    return new JsonWriter()
        .hex("cohort", header.cohortId())
        .hex("round", header.roundId())
        .hex("instance", header.instance())
        .number("seq", header.seq())
        .hex("previous", header.previous())
        .number("epoch", header.epoch())
        .object("body", write(body))
        .ascii();
  }

  private static JsonWriter write(Statement body) {
    return switch (body) {
      case Announcement announcement -> FormationJson.write(announcement);
      case OptIn optIn -> FormationJson.write(optIn);
      case OptInRefused refused -> FormationJson.write(refused);
      case Welcome welcome -> FormationJson.write(welcome);
      case KeysetProposal proposal -> FormationJson.write(proposal);
      case KeysetAck ack -> FormationJson.write(ack);
      case RoundRequest request -> RoundJson.write(request);
      case Opportunity opportunity -> RoundJson.write(opportunity);
      case Response response -> RoundJson.write(response);
      case Proposal proposal -> RoundJson.write(proposal);
      case PartialSignature partial -> RoundJson.write(partial);
      case Final last -> RoundJson.write(last);
      case NonceLost lost -> RoundJson.write(lost);
      case Claim claim -> RoundJson.write(claim);
      case EpochClaim claim -> RoundJson.write(claim);
      case FallbackTaken taken -> RoundJson.write(taken);
      case LeafStatement onLeaf -> LeafJson.write(onLeaf);
      case ReadinessStatement readiness -> FormationJson.write(readiness);
      case SuccessionStatement succession -> SuccessionJson.write(succession);
      case TimeStatement time -> TimeJson.write(time);
    };
  }

  private static Header header(JsonReader json) {
    return new Header(
        json.hex("cohort"),
        json.hex("round"),
        json.hex("instance"),
        json.number("seq"),
        json.hex("previous"),
        json.integer("epoch"));
  }

  private static Statement body(
      StatementKind kind, JsonReader json, Function<String, SignedStatement> within) {
    return switch (kind) {
      case ANNOUNCEMENT -> FormationJson.announcement(json);
      case OPT_IN -> FormationJson.optIn(json);
      case OPT_IN_REFUSED -> FormationJson.optInRefused(json);
      case WELCOME -> FormationJson.welcome(json);
      case KEYSET_PROPOSAL -> FormationJson.keysetProposal(json);
      case KEYSET_ACK -> FormationJson.keysetAck(json);
      case ROUND_REQUEST -> RoundJson.roundRequest(json);
      case OPPORTUNITY -> RoundJson.opportunity(json);
      case RESPONSE -> RoundJson.response(json);
      case PROPOSAL -> RoundJson.proposal(json);
      case PARTIAL_SIGNATURE -> RoundJson.partialSignature(json);
      case FINAL -> RoundJson.last(json);
      case NONCE_LOST -> RoundJson.nonceLost(json);
      case CLAIM -> RoundJson.claim(json);
      case EPOCH_CLAIM -> RoundJson.epochClaim(json);
      case FALLBACK_TAKEN -> RoundJson.fallbackTaken(json);
      case BUNDLE -> LeafJson.bundle(json);
      case BUNDLE_ACK -> LeafJson.bundleAck(json);
      case LEAF_REQUEST -> LeafJson.leafRequest(json);
      case LEAF_SIGNATURE -> LeafJson.leafSignature(json);
      case PROBE -> FormationJson.probe(json);
      case ALIVE -> FormationJson.alive(json);
      case SUCCESSION -> SuccessionJson.succession(json, within);
      case SWEEP_REQUEST -> SuccessionJson.sweepRequest(json);
      case EXTEND -> TimeJson.extend(json);
      case SYNC -> TimeJson.sync(json);
    };
  }

  private static void checkSize(StatementKind kind, int size) {
    if (size > maxSize(kind)) {
      throw new MalformedStatementException(
          "statement of kind "
              + kind
              + " must be at most "
              + maxSize(kind)
              + " bytes, got "
              + size
              + " (TOO_LARGE)");
    }
  }

  /** The event is JSON again, in which two of the content's characters take one byte more. */
  private static void checkEvent(StatementKind kind, String content) {
    long escaped = content.chars().filter(c -> c == '"' || c == '\\').count();
    if (content.length() + escaped > MAX_EVENT - ENVELOPE) {
      throw new MalformedStatementException(
          "event of a statement of kind "
              + kind
              + " must be at most "
              + MAX_EVENT
              + " bytes, its content alone has "
              + (content.length() + escaped)
              + " (TOO_LARGE)");
    }
  }

  private static MalformedStatementException malformed(StatementKind kind, RuntimeException why) {
    return new MalformedStatementException(
        "statement of kind " + kind + " is malformed: " + why.getMessage(), why);
  }

  private static int firstDifference(String canonical, String found) {
    int at = 0;
    while (at < canonical.length()
        && at < found.length()
        && canonical.charAt(at) == found.charAt(at)) {
      at++;
    }
    return at;
  }
}
