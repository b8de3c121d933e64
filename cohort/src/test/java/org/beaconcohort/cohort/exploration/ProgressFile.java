package org.beaconcohort.cohort.exploration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * Where a long exploration is, in a file that is replaced as a whole. It names the way that plans
 * are drawn, so that counts of other plans are not added to; it cannot know whether what the plans
 * are played with has changed.
 */
final class ProgressFile {
  private static final JsonLimits LIMITS = new JsonLimits(16 * 1024 * 1024, 8);
  private static final int COMPARED = 200;

  private final Path file;

  ProgressFile(Path file) {
    this.file = file;
  }

  /**
   * What it holds of the seeds from {@code from} on; empty if there is no file.
   *
   * @throws IllegalStateException if it is of other seeds or of plans drawn in another way
   */
  Optional<Tally> read(long from) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      ObjectNode json = StrictJson.parseObject(Files.readString(file), LIMITS, "progress");
      long others = json.required("tally").required("from").asLong();
      if (others != from || json.required("plans").asInt() != plans()) {
        throw new IllegalStateException(
            file
                + " must be of seeds from "
                + from
                + " as they are drawn now, it is of others from "
                + others
                + "; move it away, or name another by -Dexplore.progress");
      }
      return Optional.of(Tally.of(json.required("tally")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Tally tally) {
    ObjectNode json = StrictJson.newObject().put("plans", plans());
    json.set("tally", tally.json());
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, json.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int plans() {
    StringBuilder drawn = new StringBuilder();
    for (long seed = 1; seed <= COMPARED; seed++) {
      Plan plan = Plan.draw(seed);
      drawn.append(plan.cohort()).append(' ').append(plan.script()).append(';');
    }
    return drawn.toString().hashCode();
  }
}
