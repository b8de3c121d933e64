package org.beaconcohort.cohort.coordinator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Registration;

/**
 * Whom a coordinator does not take, or takes last (R17). What becomes of each opt-in is a fact, so
 * that another admission after a restart changes nothing that was settled.
 *
 * @param banned DIDs that get no seat
 * @param parked DIDs that get one of those that are left when enrolment would close
 */
public record Admission(Set<String> banned, Set<String> parked) {
  /** Everybody alike. */
  public static final Admission EVERYBODY = new Admission(Set.of(), Set.of());

  /** Copies. */
  public Admission {
    banned = Set.copyOf(banned);
    parked = Set.copyOf(parked);
  }

  /** A DID of this opt-in that is banned. */
  Optional<String> bannedIn(OptIn optIn) {
    return dids(optIn).stream().filter(banned::contains).findFirst();
  }

  boolean parks(OptIn optIn) {
    return dids(optIn).stream().anyMatch(parked::contains);
  }

  private static List<String> dids(OptIn optIn) {
    return optIn.registrations().stream().map(Registration::did).toList();
  }
}
