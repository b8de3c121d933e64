package org.beaconcohort.cli.reliability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.reliability.Duty;
import org.beaconcohort.cohort.reliability.MemberRecord;
import org.beaconcohort.cohort.reliability.ProvenFault;
import org.beaconcohort.cohort.reliability.Reliability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reliability show}: every DID that was seen. */
@Command(
    name = "show",
    description = {
      "Lists every DID: rounds with a final signature, rounds that others' silence ended, rounds that"
          + " its own silence ended and at which step, how long its answers take, what was proved.",
      "Then the advice: whom to form the next cohort without. No command acts on advice."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort reliability show members.reliability",
      "  beacon-cohort reliability show --json members.reliability"
    })
final class ShowCommand extends ReportingCommand {
  @Parameters(paramLabel = "FILE", description = "The reliability record.")
  private Path file = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    Reliability reliability = Remembered.existing(file).reliability();
    reliability.members().forEach(member -> tell(report, member));
    reliability.advice().forEach(advice -> Remembered.advise(report, advice));
    int banned = (int) reliability.members().stream().filter(MemberRecord::banned).count();
    report.value("in all", Brief.count(reliability.members().size(), "DID") + ", banned " + banned);
    report.done(
        StrictJson.newObject().put("dids", reliability.members().size()).put("banned", banned));
    return ExitCode.OK;
  }

  private static void tell(Report report, MemberRecord member) {
    report.line(member.did() + ": " + Remembered.standing(member));
    report.value(
        "rounds",
        "%d: %d completed, %d answered, %d silent%s"
            .formatted(
                member.rounds(),
                member.completed(),
                member.answered(),
                member.silentRounds(),
                steps(member)));
    report.value("keeps", "%.0f %% of rounds, by what is known".formatted(100 * member.keeps()));
    member
        .usual()
        .ifPresent(usual ->
            report.value(
                "answers",
                "in " + seconds(usual) + ", at worst " + seconds(member.slowest().orElse(usual))));
    ObjectNode json =
        StrictJson.newObject()
            .put("did", member.did())
            .put("standing", Remembered.standing(member))
            .put("completed", member.completed())
            .put("answered", member.answered())
            .put("silentRunning", member.silentRunning())
            .put("keeps", Math.round(member.keeps() * 10_000) / 10_000.0);
    ObjectNode silent = json.putObject("silent");
    for (Duty duty : Duty.values()) {
      silent.put(duty.name(), member.silent().getOrDefault(duty, 0));
    }
    member.usual().ifPresent(usual -> json.put("usualMillis", usual.toMillis()));
    member.slowest().ifPresent(slowest -> json.put("slowestMillis", slowest.toMillis()));
    var proofs = json.putArray("proofs");
    for (ProvenFault proof : member.proofs()) {
      report.value("proved", proof.conviction().code() + ": " + proof.conviction().detail());
      proofs.add(proof.conviction().code().name());
    }
    report.event("member", json);
  }

  private static String steps(MemberRecord member) {
    return member.silent().isEmpty()
        ? ""
        : member.silent().entrySet().stream()
            .map(each ->
                each.getValue()
                    + " at the "
                    + each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
