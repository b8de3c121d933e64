package org.beaconcohort.cohort.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Signs statements as events of the simulation: real keys, real signatures, a simple envelope. */
public final class SimNotary implements Notary {
  private static final Pattern EVENT =
      Pattern.compile(
          "(?<unsigned>(?<author>[0-9a-f]{64})\\|(?<createdAt>[0-9]{1,11})\\|(?<kind>[A-Z_]+)"
              + "\\|(?<content>.*))\\|(?<signature>[0-9a-f]{128})");

  /** Everybody reads what anybody has read; a cache for the speed of many simulations. */
  private static final int READ_AT_ONCE = 8_192;

  private static final ThreadLocal<Map<String, SignedStatement>> READ =
      ThreadLocal.withInitial(() ->
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, SignedStatement> eldest) {
              return size() > READ_AT_ONCE;
            }
          });

  private final SecretKey key;
  private final Supplier<Instant> clock;

  /** Signs with {@code key} at the time of {@code clock}. */
  public SimNotary(SecretKey key, Supplier<Instant> clock) {
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Bytes statementKey() {
    return key.xOnlyPublicKey();
  }

  @Override
  public SignedStatement sign(Header header, Statement body) {
    return sign(header, body, clock.get().getEpochSecond());
  }

  private SignedStatement sign(Header header, Statement body, long createdAt) {
    String content = StatementCodec.encode(header, body);
    String unsigned = statementKey() + "|" + createdAt + "|" + body.kind() + "|" + content;
    Bytes id = id(unsigned);
    Bytes signature = Schnorr.sign(key, id, id);
    StatementCodec.Decoded decoded = StatementCodec.decode(body.kind(), content, SimNotary::read);
    return new SignedStatement(
        id,
        statementKey(),
        Instant.ofEpochSecond(createdAt),
        unsigned + "|" + signature,
        decoded.header(),
        decoded.body());
  }

  /** The statement of an event made here; a {@link StatementReader}. */
  public static SignedStatement read(String event) {
    SignedStatement known = READ.get().get(event);
    if (known != null) {
      return known;
    }
    SignedStatement read = verified(event);
    READ.get().put(event, read);
    return read;
  }

  private static SignedStatement verified(String event) {
    Matcher parts = EVENT.matcher(event);
    if (!parts.matches()) {
      throw new MalformedStatementException("event must have the five parts of the simulation's");
    }
    Bytes author = Bytes.ofHex(parts.group("author"));
    Bytes id = id(parts.group("unsigned"));
    if (!Schnorr.verify(author, id, Bytes.ofHex(parts.group("signature")))) {
      throw new MalformedStatementException("event must be signed by its author");
    }
    StatementCodec.Decoded decoded =
        StatementCodec.decode(
            StatementKind.valueOf(parts.group("kind")), parts.group("content"), SimNotary::read);
    Instant createdAt = Instant.ofEpochSecond(Long.parseLong(parts.group("createdAt")));
    return new SignedStatement(id, author, createdAt, event, decoded.header(), decoded.body());
  }

  private static Bytes id(String unsigned) {
    return TaggedHash.sha256(Bytes.of(unsigned.getBytes(StandardCharsets.UTF_8)));
  }

  /** Says other things in the name of parties whose keys it holds. */
  public static final class Forger {
    private final List<SimNotary> notaries;
    private final Set<Bytes> forged;
    private final Set<Bytes> liars;

    /** Notes the id of everything it makes, and in whose name. */
    Forger(List<SimNotary> notaries, Set<Bytes> forged, Set<Bytes> liars) {
      this.notaries = List.copyOf(notaries);
      this.forged = forged;
      this.liars = liars;
    }

    /** Another header and body by the same author at the same time. */
    public SignedStatement instead(SignedStatement said, Header header, Statement body) {
      SignedStatement other =
          notaries.stream()
              .filter(notary -> notary.statementKey().equals(said.author()))
              .findFirst()
              .orElseThrow()
              .sign(header, body, said.createdAt().getEpochSecond());
      forged.add(other.id());
      liars.add(other.author());
      return other;
    }

    /** Another body under the same header, signed by the same author at the same time. */
    public SignedStatement again(SignedStatement said, Statement body) {
      return instead(said, said.header(), body);
    }
  }
}
