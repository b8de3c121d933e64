package org.beaconcohort.cohort.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Evidence as a file: canonical JSON (RFC 8785) with the complete events of all statements, of
 * which there is one text. Code and key are there to be read; they are recomputed and compared.
 */
public final class EvidenceCodec {
  /** The format's name and version. */
  public static final String FORMAT = "beacon-cohort/1 evidence";

  /** Most bytes of a file, 64 MiB: four statements of every member of the largest cohort. */
  public static final int MAX_SIZE = 64 << 20;

  /** Most statements: opt-in, acknowledgement, response and nonce of each member, and four. */
  public static final int MAX_STATEMENTS = 4 * CohortTerms.MAX_MEMBERS + 4;

  /** What a file may be. */
  public static final JsonLimits LIMITS = new JsonLimits(MAX_SIZE, 2);

  private EvidenceCodec() {}

  /**
   * The text of a file.
   *
   * @throws MalformedEvidenceException if it is longer than {@link #MAX_SIZE}
   */
  public static String encode(Evidence evidence) {
    JsonWriter json =
        new JsonWriter()
            .name("code", evidence.code())
            .hex("convicts", evidence.convicts())
            .text("format", FORMAT)
            .texts(
                "statements", evidence.statements().stream().map(SignedStatement::event).toList());
    String text = Jcs.canonicalText(json.json());
    int size = Utf8.encode(text).size();
    if (size > MAX_SIZE) {
      throw new MalformedEvidenceException(
          "evidence must be at most " + MAX_SIZE + " bytes, got " + size);
    }
    return text;
  }

  /**
   * The evidence of a file, whose statements are signed; what it proves {@link Evidence#verify}
   * says.
   *
   * @throws MalformedEvidenceException if {@link #encode} gives {@code text} for no evidence
   */
  public static Evidence decode(String text, StatementReader reader) {
    Evidence evidence;
    Code code;
    Bytes convicts;
    try {
      ObjectNode object = StrictJson.parseObject(text, LIMITS, "evidence");
      JsonReader json = new JsonReader(object, "evidence");
      String format = json.text("format");
      require(format.equals(FORMAT), "format of evidence must be \"" + FORMAT + "\"");
      code = json.name("code", Code.class);
      convicts = json.hex("convicts");
      List<String> events = json.texts("statements");
      json.nothingElse();
      require(
          events.size() <= MAX_STATEMENTS,
          "evidence must hold at most " + MAX_STATEMENTS + " statements, got " + events.size());
      evidence = evidence(code, read(events, reader));
    } catch (MalformedJsonException malformed) {
      throw new MalformedEvidenceException(String.valueOf(malformed.getMessage()), malformed);
    }
    require(
        evidence.convicts().equals(convicts),
        "the statements must be against " + convicts + ", they are against " + evidence.convicts());
    require(
        encode(evidence).equals(text),
        "evidence must be canonical JSON, its statements in order and none beside them");
    return evidence;
  }

  private static List<SignedStatement> read(List<String> events, StatementReader reader) {
    List<SignedStatement> statements = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      SignedStatement said;
      try {
        said = reader.read(events.get(i));
      } catch (MalformedStatementException unsigned) {
        throw new MalformedEvidenceException(
            "statement " + i + " must be a signed one: " + unsigned.getMessage(), unsigned);
      }
      require(
          said.body().kind() != StatementKind.WELCOME,
          "statement "
              + i
              + " must be no welcome: that gives the channel key away; delete this file");
      statements.add(said);
    }
    return statements;
  }

  private static Evidence evidence(Code code, List<SignedStatement> statements) {
    Statements rest = new Statements(statements);
    return switch (code) {
      case EQUIVOCATION -> new Equivocation(rest.next(), rest.next());
      case KEYSET_FORK -> {
        SignedStatement first = rest.next();
        SignedStatement second = rest.next();
        yield new KeysetFork(
            first, second, rest.atEnd() ? List.of() : List.of(rest.next(), rest.next()));
      }
      case BAD_PARTIAL_SIGNATURE -> {
        SignedStatement partial = rest.last();
        yield new BadPartialSignature(attempt(rest), partial);
      }
      case TRANSCRIPT_MISMATCH -> new ForgedProposal(attempt(rest));
      default -> throw new MalformedEvidenceException("no evidence has the code " + code);
    };
  }

  private static AttemptStatements attempt(Statements rest) {
    KeysetStatements keyset =
        new KeysetStatements(
            rest.next(), rest.all(StatementKind.OPT_IN), rest.all(StatementKind.KEYSET_ACK));
    SignedStatement opportunity = rest.next();
    SignedStatement proposal = rest.next();
    if (!(proposal.body() instanceof Proposal proposed)) {
      throw new MalformedEvidenceException(
          "a proposal must follow the opportunity, got " + proposal.body().kind());
    }
    Map<Bytes, SignedStatement> named = new HashMap<>();
    while (!rest.atEnd()) {
      SignedStatement said = rest.next();
      named.put(said.id(), said);
    }
    return new AttemptStatements(
        keyset,
        opportunity,
        proposal,
        found(named, proposed.responses()),
        found(named, proposed.nonces()));
  }

  private static List<SignedStatement> found(Map<Bytes, SignedStatement> named, List<Bytes> ids) {
    List<SignedStatement> statements = new ArrayList<>();
    for (Bytes id : ids) {
      SignedStatement said = named.get(id);
      if (said == null) {
        throw new MalformedEvidenceException(
            "statement " + id + ", which the proposal names, must be there");
      }
      statements.add(said);
    }
    return statements;
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new MalformedEvidenceException(expected);
    }
  }

  /** Statements that are taken one after the other. */
  private static final class Statements {
    private final List<SignedStatement> all;
    private int next;
    private int end;

    Statements(List<SignedStatement> all) {
      this.all = all;
      this.end = all.size();
    }

    boolean atEnd() {
      return next == end;
    }

    SignedStatement next() {
      require(!atEnd(), "evidence must hold more statements than " + all.size());
      return all.get(next++);
    }

    SignedStatement last() {
      require(!atEnd(), "evidence must hold more statements than " + all.size());
      return all.get(--end);
    }

    List<SignedStatement> all(StatementKind kind) {
      List<SignedStatement> same = new ArrayList<>();
      while (!atEnd() && all.get(next).body().kind() == kind) {
        same.add(next());
      }
      return same;
    }
  }
}
