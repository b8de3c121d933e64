package org.beaconcohort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine;

/**
 * One run of the command line in this process.
 *
 * @param status exit code
 * @param out standard output
 * @param err standard error
 */
public record Shell(int status, String out, String err) {
  private static final JsonLimits LINE = new JsonLimits(1024 * 1024, 16);

  /** Runs {@code beacon-cohort} with these arguments, until it ends. */
  public static Shell run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = run(out, err, arguments);
    return new Shell(status, out.toString(), err.toString());
  }

  /** Runs it with standard output to a writer that somebody watches; gives the exit code. */
  public static int run(Writer out, String... arguments) {
    return run(out, new StringWriter(), arguments);
  }

  private static int run(Writer out, Writer err, String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  /** Standard output as one JSON object per line. */
  public List<ObjectNode> lines() {
    return out.lines().map(line -> StrictJson.parseObject(line, LINE, "line")).toList();
  }

  /** Everything it printed. */
  public String all() {
    return out + err;
  }
}
