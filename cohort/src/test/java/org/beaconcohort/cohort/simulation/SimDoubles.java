package org.beaconcohort.cohort.simulation;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * What a test puts in the place of real parts, to see what finds it.
 *
 * @param member makes every member's machine of the real one
 * @param coordinator makes the coordinator's machine of the real one
 * @param controller makes what a member knows of its DIDs of the real one
 * @param signer over a cohort key, in the place of the vault
 */
public record SimDoubles(
    UnaryOperator<Machine<ParticipantState, ParticipantFact>> member,
    UnaryOperator<Machine<CoordinatorState, CoordinatorFact>> coordinator,
    Function<SimDid, DidController> controller,
    Optional<Function<SecretKey, Signer>> signer) {
  /** Nothing but real parts. */
  public static final SimDoubles NONE =
      new SimDoubles(
          UnaryOperator.identity(), UnaryOperator.identity(), did -> did, Optional.empty());

  /** Another machine for every member. */
  public static SimDoubles ofMembers(
      UnaryOperator<Machine<ParticipantState, ParticipantFact>> machines) {
    return new SimDoubles(machines, NONE.coordinator, NONE.controller, NONE.signer);
  }

  /** Another machine for the coordinator. */
  public static SimDoubles ofCoordinator(
      UnaryOperator<Machine<CoordinatorState, CoordinatorFact>> machines) {
    return new SimDoubles(NONE.member, machines, NONE.controller, NONE.signer);
  }

  /** Another controller of DIDs. */
  public static SimDoubles ofControllers(Function<SimDid, DidController> controllers) {
    return new SimDoubles(NONE.member, NONE.coordinator, controllers, NONE.signer);
  }

  /** The same with another signer. */
  public SimDoubles signing(Function<SecretKey, Signer> signers) {
    return new SimDoubles(member, coordinator, controller, Optional.of(signers));
  }
}
