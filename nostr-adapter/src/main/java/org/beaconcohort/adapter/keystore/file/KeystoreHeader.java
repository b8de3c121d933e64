package org.beaconcohort.adapter.keystore.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The first line of a keystore file: everything but the keys, and all of it additional data of the
 * cipher.
 *
 * @param kind keystore or backup
 * @param written when, in whole seconds
 * @param kdf costs of Argon2id
 * @param salt of Argon2id, 16 bytes
 * @param check what the password's key hashes to, 16 bytes: tells a wrong password from tampering
 * @param nonce of AES-256-GCM, 12 bytes, new with every write
 * @param entries in the order of their sealed numbers
 */
public record KeystoreHeader(
    FileKind kind,
    Instant written,
    KdfSettings kdf,
    Bytes salt,
    Bytes check,
    Bytes nonce,
    List<KeyEntry> entries) {
  /** The version that is written, and the only one that is read. */
  public static final int VERSION = 1;

  /** Most keys of one file. */
  public static final int MAX_ENTRIES = 1000;

  static final int SALT = 16;
  static final int CHECK = 16;
  static final int NONCE = 12;
  static final String START = "{\"format\":\"beacon-cohort/keystore";

  private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 6);
  private static final int ARGON2_VERSION = 19;
  private static final String WHAT = "keystore header";

  public KeystoreHeader {
    entries = List.copyOf(entries);
  }

  /** The line, without its end. */
  String text() {
    ObjectNode json =
        StrictJson.newObject()
            .put("format", kind.format())
            .put("version", VERSION)
            .put("written", written.toString());
    json.putObject("kdf")
        .put("name", "argon2id")
        .put("version", ARGON2_VERSION)
        .put("memoryKib", kdf.memoryKib())
        .put("iterations", kdf.iterations())
        .put("parallelism", kdf.parallelism())
        .put("salt", salt.hex())
        .put("check", check.hex());
    json.putObject("cipher").put("name", "aes-256-gcm").put("nonce", nonce.hex());
    ArrayNode list = json.putArray("entries");
    for (KeyEntry entry : entries) {
      ObjectNode one =
          list.addObject()
              .put("name", entry.name())
              .put("purpose", entry.purpose().word())
              .put("publicKey", entry.publicKey().hex())
              .put("created", entry.created().toString())
              .put("origin", entry.origin());
      entry
          .restored()
          .ifPresent(mark ->
              one.putObject("restored").put("id", mark.id().hex()).put("at", mark.at().toString()));
    }
    return StrictJson.write(json);
  }

  /** Refuses a line of another version, before anything else of the file is looked at. */
  static void requireVersion(String line) {
    try {
      ObjectNode json = StrictJson.parseObject(line, LIMITS, WHAT);
      int version = JsonFields.integer(json, "version", 1, Integer.MAX_VALUE, WHAT);
      if (version != VERSION) {
        throw new KeystoreException(
            KeystoreFault.UNKNOWN_VERSION, "version must be " + VERSION + ", got " + version);
      }
    } catch (MalformedJsonException malformed) {
      throw damaged(malformed);
    }
  }

  /**
   * Parses a line.
   *
   * @throws KeystoreException if it is not exactly what {@link #text} gives, or asks for what is
   *     out of bounds
   */
  static KeystoreHeader parse(String line) {
    KeystoreHeader header;
    try {
      header = of(StrictJson.parseObject(line, LIMITS, WHAT));
    } catch (MalformedJsonException | DateTimeException malformed) {
      throw damaged(malformed);
    }
    // One text for one header: what is authenticated is what was understood.
    if (!header.text().equals(line)) {
      throw new KeystoreException(
          KeystoreFault.DAMAGED, WHAT + " must be as it is written, got another form of it");
    }
    return header;
  }

  private static KeystoreHeader of(ObjectNode json) {
    ObjectNode kdf = JsonFields.object(json, "kdf", WHAT);
    requireText(kdf, "name", "argon2id");
    requireNumber(kdf, "version", ARGON2_VERSION);
    ObjectNode cipher = JsonFields.object(json, "cipher", WHAT);
    requireText(cipher, "name", "aes-256-gcm");
    List<KeyEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ObjectNode entry : JsonFields.optionalObjects(json, "entries", WHAT)) {
      entries.add(entry(entry));
      if (!names.add(entries.getLast().name())) {
        throw new MalformedJsonException("names of keys must differ");
      }
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new KeystoreException(
          KeystoreFault.ABSURD_PARAMETERS,
          "keys must be at most " + MAX_ENTRIES + ", got " + entries.size());
    }
    return new KeystoreHeader(
        kind(JsonFields.text(json, "format", WHAT)),
        time(json, "written"),
        new KdfSettings(
            number(kdf, "memoryKib"), number(kdf, "iterations"), number(kdf, "parallelism")),
        bytes(kdf, "salt", SALT),
        bytes(kdf, "check", CHECK),
        bytes(cipher, "nonce", NONCE),
        entries);
  }

  private static KeyEntry entry(ObjectNode json) {
    String word = JsonFields.text(json, "purpose", WHAT);
    Optional<RestoreMark> restored =
        json.has("restored")
            ? Optional.of(mark(JsonFields.object(json, "restored", WHAT)))
            : Optional.empty();
    return new KeyEntry(
        JsonFields.text(json, "name", WHAT),
        KeyPurpose.of(word)
            .orElseThrow(() -> new MalformedJsonException("purpose of a key is not known")),
        bytes(json, "publicKey", 33),
        time(json, "created"),
        JsonFields.text(json, "origin", WHAT),
        restored);
  }

  private static RestoreMark mark(ObjectNode json) {
    return new RestoreMark(bytes(json, "id", RestoreMark.ID_SIZE), time(json, "at"));
  }

  private static FileKind kind(String format) {
    for (FileKind kind : FileKind.values()) {
      if (kind.format().equals(format)) {
        return kind;
      }
    }
    throw new KeystoreException(
        KeystoreFault.NOT_A_KEYSTORE, "format must be " + FileKind.KEYSTORE.format());
  }

  private static Bytes bytes(ObjectNode json, String field, int size) {
    String hex = JsonFields.text(json, field, WHAT);
    if (hex.length() != 2 * size || !hex.matches("[0-9a-f]*")) {
      throw new MalformedJsonException(field + " must be " + size + " bytes in hexadecimal");
    }
    return Bytes.ofHex(hex);
  }

  private static Instant time(ObjectNode json, String field) {
    return Instant.parse(JsonFields.text(json, field, WHAT));
  }

  /** Any integer: its bounds are the settings' to refuse, with their own fault. */
  private static int number(ObjectNode json, String field) {
    return JsonFields.integer(json, field, Integer.MIN_VALUE, Integer.MAX_VALUE, WHAT);
  }

  private static void requireText(ObjectNode json, String field, String expected) {
    if (!JsonFields.text(json, field, WHAT).equals(expected)) {
      throw new MalformedJsonException(field + " must be " + expected);
    }
  }

  private static void requireNumber(ObjectNode json, String field, int expected) {
    if (number(json, field) != expected) {
      throw new MalformedJsonException(field + " must be " + expected);
    }
  }

  private static KeystoreException damaged(RuntimeException malformed) {
    return new KeystoreException(
        KeystoreFault.DAMAGED, String.valueOf(malformed.getMessage()), malformed);
  }
}
