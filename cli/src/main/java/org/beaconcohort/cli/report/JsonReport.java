package org.beaconcohort.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * One object per line on standard output, each with {@code event} and {@code at}; everything for
 * people goes to standard error.
 */
public final class JsonReport implements Report {
  private final PrintWriter out;
  private final PrintWriter err;
  private final InstantSource clock;

  /** A report to these two. */
  public JsonReport(PrintWriter out, PrintWriter err, InstantSource clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void line(String text) {
    note(text);
  }

  @Override
  public void value(String name, String text) {
    note(name + " " + text);
  }

  @Override
  public synchronized void note(String text) {
    err.println(text);
    err.flush();
  }

  @Override
  public void progress(String who, Progress progress) {
    ProgressJson json = ProgressJson.of(progress);
    ObjectNode fields = StrictJson.newObject().put("who", who);
    fields.setAll(json.fields());
    event(json.event(), fields);
  }

  @Override
  public void narrator(String who) {
    // Machines read everybody's progress.
  }

  @Override
  public synchronized void event(String name, ObjectNode fields) {
    Instant now = clock.instant();
    ObjectNode line = StrictJson.newObject().put("event", name).put("at", now.toString());
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      line.set(field.getKey(), field.getValue());
    }
    out.println(StrictJson.write(line));
    out.flush();
  }

  @Override
  public void done(ObjectNode fields) {
    event("done", fields);
  }

  @Override
  public void failed(CommandFailure failure) {
    event(
        "failed",
        StrictJson.newObject()
            .put("exit", failure.exitCode().status())
            .put("code", failure.code())
            .put("detail", failure.getMessage())
            .put("next", failure.next()));
  }
}
