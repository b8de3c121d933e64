package org.beaconcohort.cohort.simulation;

import java.util.List;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.OwnNonces;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.runtime.MemberPorts;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One member's keys, and the processes that have them.
 *
 * @param policy what it joins, and what becomes of its updates if that fails
 * @param sealed where it seals its nonces, if it does (R9)
 * @param doubles what a test puts in the place of its parts
 */
record SimMember(
    SimWorld world,
    SimNotary notary,
    SecretKey cohortKey,
    Bytes inboxKey,
    SimDid did,
    JoinPolicy policy,
    @Nullable SimSealedNonces sealed,
    SimDoubles doubles) {

  /**
   * A party with an empty journal; each process of it has an instance id and a vault of its own.
   */
  SimParty<ParticipantState, ParticipantFact> process(String name) {
    return new SimParty<>(
        world.time(),
        ParticipantRecords.codec(SimNotary::read),
        (answers, listener, door) -> {
          Bytes instance = world.bytes(16);
          ParticipantPlan plan = plan(instance);
          Transport transport = world.network().party(name, inboxKey);
          Performer performer =
              Performer.forMember(
                  world.ports(transport, notary, instance, door),
                  new MemberPorts(
                      doubles.controller().apply(did), signer(), plan.nonces().custody(), inboxKey),
                  answers,
                  listener);
          return new SimParty.Parts<>(
              doubles.member().apply(new ParticipantMachine(plan)),
              performer,
              () -> {
                performer.listenToInbox();
                performer.listenToAnnouncements(Bytes.EMPTY, "");
              },
              List.of(),
              transport::close);
        });
  }

  /** The same DID with another membership's keys. */
  SimMember again(SimNotary other, SecretKey otherKey, Bytes otherInbox, JoinPolicy otherPolicy) {
    return new SimMember(world, other, otherKey, otherInbox, did, otherPolicy, null, doubles);
  }

  private ParticipantPlan plan(Bytes instance) {
    return new ParticipantPlan(
        notary.statementKey(),
        cohortKey.publicKey(),
        inboxKey,
        instance,
        did.dids(),
        policy,
        sealed == null ? OwnNonces.IN_MEMORY : OwnNonces.sealedIn(sealed));
  }

  private Signer signer() {
    return doubles
        .signer()
        .map(made -> made.apply(cohortKey))
        .orElseGet(() ->
            sealed == null
                ? new NonceVault(cohortKey, world.secrets())
                : NonceVault.sealed(cohortKey, world.secrets(), sealed));
  }
}
