package org.beaconcohort.cli.demo;

import java.util.function.Predicate;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.Progress.Step;

/**
 * When a fault strikes, by what the parties tell. Whatever a party tells, it has not done what
 * follows from it yet.
 *
 * @param byEveryMember whether all members must have told it, or one party is enough
 */
record Moment(Predicate<Told> told, boolean byEveryMember) {
  /** The coordinator tells this. */
  static Moment coordinator(Predicate<Progress> what) {
    return new Moment(told -> told.byCoordinator() && what.test(told.progress()), false);
  }

  /** The first member tells this. */
  static Moment member(Predicate<Progress> what) {
    return new Moment(told -> !told.byCoordinator() && what.test(told.progress()), false);
  }

  /** The last member tells this. */
  static Moment everyMember(Predicate<Progress> what) {
    return new Moment(member(what).told(), true);
  }

  /** The member that the fault befalls tells this. */
  static Moment victim(Predicate<Progress> what) {
    return new Moment(told -> told.byVictim() && what.test(told.progress()), false);
  }

  /** The coordinator holds the first member's statement of this step. */
  static Moment first(Step step) {
    return coordinator(progress ->
        progress instanceof Progress.Heard heard && heard.step() == step && heard.count() == 1);
  }

  /** The coordinator holds all members' statements of this step. */
  static Moment all(Step step) {
    return coordinator(progress ->
        progress instanceof Progress.Heard heard
            && heard.step() == step
            && heard.count() == heard.of());
  }

  /** The coordinator holds the statement of this step of the member that the fault befalls. */
  static Moment ofVictim(Step step) {
    return new Moment(
        told ->
            told.byCoordinator()
                && told.progress() instanceof Progress.Heard heard
                && heard.step() == step
                && heard.member().dids().contains(told.victim()),
        false);
  }
}
