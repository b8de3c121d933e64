package org.beaconcohort.cohort.reliability;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * How a round in which every member must sign (n of n) would do. Members are taken to fail
 * independently of one another.
 *
 * @param members their number
 * @param completes the chance that all of them give everything: the product of each one's
 * @param each the chance of a member like these: the geometric mean, 0.9 for strangers
 * @param wanted the chance that a round should have at least
 * @param allow how long answers should be waited for, as whoever was silent last needs longer; zero
 *     if nobody was
 * @param size most members like these with which it has it; 0 if two are too many already
 */
public record Forecast(
    int members, double completes, double each, double wanted, Duration allow, int size) {
  /** What a round should have if nobody says otherwise. */
  public static final double WANTED = 0.8;

  static Forecast of(List<MemberRecord> members, double wanted) {
    if (!(wanted > 0 && wanted < 1)) {
      throw new IllegalArgumentException(
          "chance must be greater than 0 and less than 1, got " + wanted);
    }
    double completes = 1;
    for (MemberRecord member : members) {
      completes *= member.keeps();
    }
    double each =
        members.isEmpty()
            ? MemberRecord.unknown("").keeps()
            : Math.pow(completes, 1.0 / members.size());
    int most = each <= 0 ? 0 : (int) Math.floor(Math.log(wanted) / Math.log(each) + 1e-9);
    Duration allow =
        members.stream()
            .map(MemberRecord::allow)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new Forecast(members.size(), completes, each, wanted, allow, most < 2 ? 0 : most);
  }
}
