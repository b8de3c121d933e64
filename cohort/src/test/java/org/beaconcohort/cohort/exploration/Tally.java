package org.beaconcohort.cohort.exploration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.json.StrictJson;

/** What came of the seeds from one on. */
final class Tally {
  private final long from;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Map<String, Integer> reached = new TreeMap<>();
  private final Map<String, Integer> violations = new TreeMap<>();
  private final TreeMap<Long, String> failing = new TreeMap<>();
  private int runs;
  private int promised;
  private long nanos;

  /** Nothing yet. */
  Tally(long from) {
    this.from = from;
  }

  void add(Run run) {
    runs++;
    promised += run.promised() ? 1 : 0;
    run.struck().forEach(fault -> faults.merge(fault.name(), 1, Integer::sum));
    run.outcomes().forEach((name, count) -> outcomes.merge(name, count, Integer::sum));
    run.reached().forEach(what -> reached.merge(what, 1, Integer::sum));
    run.found().forEach(found -> violations.merge(found.rule(), 1, Integer::sum));
    if (!run.found().isEmpty()) {
      failing.put(run.plan().seed(), run.found().getFirst().rule());
      System.out.println(
          "Seed " + run.plan().seed() + " fails: " + run.found() + "\n  " + run.plan().command());
    }
  }

  void took(long more) {
    nanos += more;
  }

  long from() {
    return from;
  }

  /** The seed that comes next. */
  long next() {
    return from + runs;
  }

  int runs() {
    return runs;
  }

  /** Seeds with findings. */
  List<Long> failing() {
    return List.copyOf(failing.keySet());
  }

  /** How many faults struck, by name. */
  Map<String, Integer> faults() {
    return Map.copyOf(faults);
  }

  /** How many parties ended, by outcome. */
  Map<String, Integer> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** In how many runs parties came to do what not every run has. */
  Map<String, Integer> reached() {
    return Map.copyOf(reached);
  }

  private double seconds() {
    return Math.max(1, nanos) / 1e9;
  }

  void sayWhere(int count) {
    System.out.printf(
        "Explored to seed %d, %d of %d, %.1f a second, %d failing%n",
        next() - 1, runs, count, runs / seconds(), failing.size());
  }

  void print() {
    System.out.printf(
        "Exploration: %d rounds of cohorts from seed %d in %.1f s, %.1f a second; in %d every round"
            + " had to be anchored%n",
        runs, from, seconds(), runs / seconds(), promised);
    System.out.println("Faults that struck: " + faults);
    System.out.println("Outcomes of parties: " + outcomes);
    System.out.println("Runs that had: " + reached);
    System.out.println("Violations: " + (violations.isEmpty() ? "none" : violations.toString()));
  }

  ObjectNode json() {
    ObjectNode json = StrictJson.newObject();
    json.put("from", from).put("runs", runs).put("promised", promised).put("nanos", nanos);
    json.set("faults", counts(faults));
    json.set("outcomes", counts(outcomes));
    json.set("reached", counts(reached));
    json.set("violations", counts(violations));
    ObjectNode seeds = json.putObject("failing");
    failing.forEach((seed, rule) -> seeds.put("" + seed, rule));
    return json;
  }

  private static ObjectNode counts(Map<String, Integer> counted) {
    ObjectNode json = StrictJson.newObject();
    counted.forEach(json::put);
    return json;
  }

  /** What {@link #json} wrote. */
  static Tally of(JsonNode json) {
    Tally tally = new Tally(json.required("from").asLong());
    tally.runs = json.required("runs").asInt();
    tally.promised = json.required("promised").asInt();
    tally.nanos = json.required("nanos").asLong();
    counted(json, "faults", tally.faults);
    counted(json, "outcomes", tally.outcomes);
    counted(json, "reached", tally.reached);
    counted(json, "violations", tally.violations);
    json.required("failing")
        .properties()
        .forEach(
            each -> tally.failing.put(Long.parseLong(each.getKey()), each.getValue().asText()));
    return tally;
  }

  private static void counted(JsonNode json, String name, Map<String, Integer> into) {
    json.required(name)
        .properties()
        .forEach(each -> into.put(each.getKey(), each.getValue().asInt()));
  }
}
