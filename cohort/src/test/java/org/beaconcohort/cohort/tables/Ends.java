package org.beaconcohort.cohort.tables;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.model.Outcome;

/** How the members of a run ended, in words for a table. */
public final class Ends {
  private Ends() {}

  /**
   * How many ended how.
   *
   * @param outcomes of the members that are there
   * @param gone how many are not
   */
  public static String text(List<Outcome> outcomes, int gone) {
    Map<String, Integer> ends = new TreeMap<>();
    outcomes.forEach(outcome -> ends.merge(words(outcome), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    ends.forEach((end, count) ->
        text.append(text.isEmpty() ? "" : ", ")
            .append(ends.size() == 1 && gone == 0 ? "all " : "")
            .append(count)
            .append(' ')
            .append(end));
    return text + (gone == 0 ? "" : ", " + gone + " gone");
  }

  /** One end, with its code. */
  public static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Anchored together -> "anchored by the cohort";
      case Outcome.SucceededBy next -> "followed by another cohort";
      case Outcome.AnchoredAlone alone -> "anchored alone (`" + alone.code() + "`)";
      case Outcome.Failed failed -> "failed (`" + failed.code() + "`)";
      case Outcome.MayStillConfirm open -> "may still confirm (`" + open.code() + "`)";
      case Outcome.Halted halted -> "halted (`" + halted.code() + "`)";
    };
  }
}
