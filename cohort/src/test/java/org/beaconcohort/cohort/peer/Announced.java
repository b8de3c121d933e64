package org.beaconcohort.cohort.peer;

import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.simulation.Simulation;

/** What the coordinator of a simulation announced. */
record Announced(SignedStatement statement, Announcement body) {
  /** The first announcement that anybody could see. */
  static Announced in(Simulation simulation) {
    SignedStatement found =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Announcement)
            .findFirst()
            .orElseThrow();
    return new Announced(found, (Announcement) found.body());
  }

  CohortTerms terms() {
    return body.terms();
  }

  String coordinate() {
    return SignedStatement.coordinate(statement.author(), body.identifier());
  }
}
