package org.beaconcohort.cli.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.musig2.bytes.Bytes;

/** A file that a user hands in; every fault is exit code 65 and names the file. */
public final class InputFile {
  private static final String REPAIR = "make the file anew, or hand in another one";

  private final Path path;

  private InputFile(Path path) {
    this.path = path;
  }

  /** The file at a path, not read yet. */
  public static InputFile at(Path path) {
    return new InputFile(path);
  }

  /** A signed or unsigned update, whichever it is. */
  public UpdateFile update() {
    return update(text(JsonLimits.DOCUMENT));
  }

  UpdateFile update(String text) {
    return parsed(
        "an update",
        text,
        all ->
            StrictJson.parseObject(all, JsonLimits.DOCUMENT, "update").has("proof")
                ? new UpdateFile.Signed(SignedUpdate.parse(all))
                : new UpdateFile.Unsigned(UnsignedUpdate.parse(all)));
  }

  /** A DID document. */
  public DidDocument document() {
    return document(text(JsonLimits.DOCUMENT));
  }

  DidDocument document(String text) {
    return parsed("a DID document", text, DidDocument::parse);
  }

  /** An array of RFC 6902 operations, whose content is checked when it is applied. */
  public ArrayNode patch() {
    return patch(text(JsonLimits.DOCUMENT));
  }

  ArrayNode patch(String text) {
    return parsed(
        "a patch",
        text,
        all -> JsonFields.array(StrictJson.parse(all, JsonLimits.DOCUMENT), "patch"));
  }

  /**
   * The whole file.
   *
   * @param limits the file must not be longer
   */
  public String text(JsonLimits limits) {
    try (InputStream in = Files.newInputStream(path)) {
      return text(in.readNBytes(limits.maxBytes() + 1), limits);
    } catch (IOException unreadable) {
      throw CommandFailure.badInput(
          path + " cannot be read: " + Reason.of(unreadable), "check the path and its permissions");
    }
  }

  String text(byte[] bytes, JsonLimits limits) {
    if (bytes.length > limits.maxBytes()) {
      throw CommandFailure.badInput(
          path + " must be at most " + limits.maxBytes() + " bytes, it is longer",
          "check that it is the right file");
    }
    try {
      return Utf8.decode(Bytes.of(bytes));
    } catch (MalformedJsonException notUtf8) {
      throw CommandFailure.badInput(path + " must be UTF-8: " + notUtf8.getMessage(), REPAIR);
    }
  }

  /** What {@code reader} makes of {@code text}; its errors name this file. */
  public <T> T parsed(String what, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.badInput(
          path + " must be " + what + ": " + malformed.getMessage(), REPAIR);
    }
  }
}
