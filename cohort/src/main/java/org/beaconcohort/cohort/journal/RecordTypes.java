package org.beaconcohort.cohort.journal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The record types of one role. The newest version of a type is written, every version is read, and
 * what is read must be the one text of its fact.
 *
 * @param <F> facts of the role's machine
 */
final class RecordTypes<F> implements RecordCodec<F> {
  private static final JsonLimits LIMITS = new JsonLimits(JournalRecord.MAX_SIZE, 48);
  private static final int LONGEST_TYPE = 64;

  /**
   * A fact's name, as in its record's type, and its fields in the newest version.
   *
   * @param name of the fact, as {@code readers} has it
   */
  record Written(String name, FactJson fields) {}

  private final String role;
  private final Function<F, Written> writer;
  private final Map<String, List<Function<FactFields, F>>> readers;
  private final StatementReader statements;

  /**
   * The types of {@code role}.
   *
   * @param readers by name of the fact: for each version, from 1 on, how its fields are read
   * @param statements reads the events in them
   */
  RecordTypes(
      String role,
      Function<F, Written> writer,
      Map<String, List<Function<FactFields, F>>> readers,
      StatementReader statements) {
    this.role = role;
    this.writer = writer;
    this.readers = Map.copyOf(readers);
    this.statements = statements;
  }

  @Override
  public JournalRecord encode(F fact) {
    Bytes payload;
    Written written;
    try {
      written = writer.apply(fact);
      payload = Jcs.canonicalBytes(written.fields().json());
    } catch (IllegalArgumentException | MalformedTransactionException inexpressible) {
      throw new MalformedRecordException(
          fact.getClass().getSimpleName()
              + " of a "
              + role
              + " cannot be a record: "
              + inexpressible.getMessage());
    }
    int version = readers.getOrDefault(written.name(), List.of()).size();
    if (payload.size() > LIMITS.maxBytes()) {
      throw malformed(written.name(), version, tooLong(payload));
    }
    return new JournalRecord(role + "." + written.name(), version, payload);
  }

  @Override
  public F decode(JournalRecord record) {
    String name = known(record.type());
    int version = record.version();
    List<Function<FactFields, F>> versions = readers.getOrDefault(name, List.of());
    if (version < 1) {
      throw malformed(name, version, "version must be 1 or later");
    }
    if (version > versions.size()) {
      throw new UnknownRecordException(
          title(name, version)
              + " must be of version "
              + versions.size()
              + " at most; a later version of this program wrote it, use that one");
    }
    F fact = read(name, record, versions.get(version - 1));
    // Nothing here still writes an older version.
    if (version == versions.size() && !encode(fact).payload().equals(record.payload())) {
      throw malformed(name, version, "payload must be the canonical text of its fact");
    }
    return fact;
  }

  private String known(String type) {
    String prefix = role + ".";
    if (type.startsWith(prefix) && readers.containsKey(type.substring(prefix.length()))) {
      return type.substring(prefix.length());
    }
    throw new UnknownRecordException(
        "record must be of a type that a "
            + role
            + " has, got "
            + (type.length() <= LONGEST_TYPE ? type : type.length() + " characters")
            + "; a later version of this program wrote it, or it is another role's journal");
  }

  private F read(String name, JournalRecord record, Function<FactFields, F> reader) {
    if (record.payload().size() > LIMITS.maxBytes()) {
      throw malformed(name, record.version(), tooLong(record.payload()));
    }
    JsonReader fields;
    try {
      fields =
          new JsonReader(
              JsonFields.object(StrictJson.parse(record.payload(), LIMITS), "payload"), name);
    } catch (MalformedJsonException malformed) {
      // Its message may show a piece of the text.
      throw malformed(name, record.version(), "payload must be one object of strict JSON");
    }
    try {
      F fact = reader.apply(new FactFields(fields, statements));
      fields.nothingElse();
      return fact;
    } catch (RuntimeException malformed) {
      // Whatever a value is refused with, it is this record that holds it.
      throw malformed(name, record.version(), String.valueOf(malformed.getMessage()));
    }
  }

  private static String tooLong(Bytes payload) {
    return "payload must be at most " + LIMITS.maxBytes() + " bytes, got " + payload.size();
  }

  private MalformedRecordException malformed(String name, int version, String what) {
    return new MalformedRecordException(title(name, version) + " is malformed: " + what);
  }

  private String title(String name, int version) {
    return "record " + role + "." + name + " of version " + version;
  }
}
