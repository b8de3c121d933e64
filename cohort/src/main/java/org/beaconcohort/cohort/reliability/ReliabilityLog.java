package org.beaconcohort.cohort.reliability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.MalformedEvidenceException;
import org.beaconcohort.cohort.evidence.UnprovenException;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Events as text, one line of canonical JSON (RFC 8785) each, in the order they were remembered.
 * Every line ends with a seal, SHA-256 of the line without it, and names the seal of the line
 * before. So a changed, missing or exchanged line is found, but for lines missing at the end, and
 * but for a text that somebody sealed anew. A ban needs no trust in the text: its line holds the
 * evidence, which is verified again whenever it is read. Immutable.
 */
public final class ReliabilityLog {
  /** The format's name and version. */
  public static final String FORMAT = "beacon-cohort/1 reliability";

  /** A line may hold evidence. */
  public static final JsonLimits LIMITS = new JsonLimits(EvidenceCodec.MAX_SIZE * 2, 6);

  /** Most bytes of a text. */
  public static final int MAX_SIZE = 512 << 20;

  private static final Bytes NO_SEAL = Bytes.of(new byte[32]);

  /** Nothing remembered yet. */
  public static final ReliabilityLog EMPTY =
      new ReliabilityLog(Reliability.EMPTY, List.of(), NO_SEAL);

  private final Reliability reliability;
  private final List<String> lines;
  private final Bytes seal;

  private ReliabilityLog(Reliability reliability, List<String> lines, Bytes seal) {
    this.reliability = reliability;
    this.lines = List.copyOf(lines);
    this.seal = seal;
  }

  /** What the events come to. */
  public Reliability reliability() {
    return reliability;
  }

  /** The whole text; each line ends with a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The same and one event more, unless it is known. */
  public ReliabilityLog with(ReliabilityEvent event, Instant at) {
    Reliability after = reliability.with(event);
    if (after.equals(reliability)) {
      return this;
    }
    JsonWriter json =
        new JsonWriter()
            .text("at", at.truncatedTo(ChronoUnit.SECONDS).toString())
            .object("event", write(event))
            .text("format", FORMAT)
            .number("number", lines.size() + 1L)
            .hex("previous", seal);
    Bytes sealed = seal(json.json());
    List<String> more = new ArrayList<>(lines);
    more.add(Jcs.canonicalText(json.hex("seal", sealed).json()));
    return new ReliabilityLog(after, more, sealed);
  }

  private static Bytes seal(ObjectNode json) {
    return TaggedHash.sha256(Utf8.encode(Jcs.canonicalText(json)));
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @param reader checks id and signature of the statements in evidence
   * @throws MalformedReliabilityException naming the first line that is not as it was written
   */
  public static ReliabilityLog read(String text, StatementReader reader) {
    ReliabilityLog log = EMPTY;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        log = log.reading(line, reader);
      } catch (MalformedJsonException
          | MalformedEvidenceException
          | UnprovenException
          | DateTimeException wrong) {
        throw new MalformedReliabilityException(
            "line " + number + " must be as it was written: " + wrong.getMessage(), wrong);
      }
    }
    if (!log.text().equals(text)) {
      throw new MalformedReliabilityException(
          "lines must end with a line feed each, and the last with one");
    }
    return log;
  }

  private ReliabilityLog reading(String line, StatementReader reader) {
    ObjectNode object = StrictJson.parseObject(line, LIMITS, "line");
    JsonReader json = new JsonReader(object, "line");
    require(json.text("format").equals(FORMAT), "format must be \"" + FORMAT + "\"");
    Bytes found = json.hex("seal");
    object.remove("seal");
    require(found.equals(seal(object)), "the seal must be that of the line's content");
    require(
        json.hex("previous").equals(seal), "it must follow the line that was written before it");
    require(json.integer("number") == lines.size() + 1, "it must be number " + (lines.size() + 1));
    Instant at = Instant.parse(json.text("at"));
    ReliabilityLog after = with(read(json.object("event"), reader), at);
    require(after != this, "it must say something new");
    require(after.lines.getLast().equals(line), "it must be canonical JSON and nothing else");
    return after;
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new MalformedJsonException(expected);
    }
  }

  private static JsonWriter write(ReliabilityEvent event) {
    return switch (event) {
      case ReliabilityEvent.Attended attended -> {
        Attendance round = attended.attendance();
        yield new JsonWriter()
            .text("type", "attended")
            .hex("announcement", round.announcement())
            .number("round", round.round())
            .flag("completed", round.completed())
            .seconds("allowed", round.allowed())
            .objects("seats", round.seats().stream().map(ReliabilityLog::seat).toList());
      }
      case ReliabilityEvent.Waited waited ->
          new JsonWriter()
              .text("type", "waited")
              .hex("announcement", waited.announcement())
              .texts("dids", waited.dids());
      case ReliabilityEvent.Convicted convicted ->
          new JsonWriter()
              .text("type", "convicted")
              .text("evidence", EvidenceCodec.encode(convicted.fault().evidence()));
      case ReliabilityEvent.Forgotten forgotten ->
          new JsonWriter().text("type", "forgotten").text("did", forgotten.did());
    };
  }

  private static JsonWriter seat(Attendance.Seat seat) {
    return new JsonWriter()
        .hex("statementKey", seat.statementKey())
        .texts("dids", seat.dids())
        .text("silentAt", seat.silentAt().map(Duty::name).orElse(""))
        .texts("slowestMillis", seat.slowest().map(took -> "" + took.toMillis()).stream().toList());
  }

  private static ReliabilityEvent read(JsonReader json, StatementReader reader) {
    String type = json.text("type");
    return switch (type) {
      case "attended" ->
          new ReliabilityEvent.Attended(
              new Attendance(
                  json.hex("announcement"),
                  json.integer("round"),
                  json.flag("completed"),
                  json.seconds("allowed"),
                  json.objects("seats").stream().map(ReliabilityLog::seat).toList()));
      case "waited" -> new ReliabilityEvent.Waited(json.hex("announcement"), json.texts("dids"));
      case "convicted" ->
          new ReliabilityEvent.Convicted(
              ProvenFault.of(EvidenceCodec.decode(json.text("evidence"), reader), reader));
      case "forgotten" -> new ReliabilityEvent.Forgotten(json.text("did"));
      default -> throw new MalformedJsonException("no event has this type");
    };
  }

  private static Attendance.Seat seat(JsonReader json) {
    Optional<Duty> silentAt =
        json.text("silentAt").isEmpty()
            ? Optional.empty()
            : Optional.of(json.name("silentAt", Duty.class));
    List<String> took = json.texts("slowestMillis");
    try {
      return new Attendance.Seat(
          json.hex("statementKey"),
          json.texts("dids"),
          silentAt,
          took.stream().findFirst().map(each -> Duration.ofMillis(Long.parseLong(each))));
    } catch (NumberFormatException wrong) {
      throw new MalformedJsonException("times must be whole milliseconds");
    }
  }
}
