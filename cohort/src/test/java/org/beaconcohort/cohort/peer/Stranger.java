package org.beaconcohort.cohort.peer;

import java.util.List;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Somebody with keys of its own who hears everything and is in no cohort. */
final class Stranger {
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  private final Simulation simulation;
  private final SeededRandom random = new SeededRandom(99);
  private final SecretKey statementKey = SecretKey.generate(random);
  private final SecretKey cohortKey = SecretKey.generate(random);
  private final SecretKey didKey = SecretKey.generate(random);
  private final Bytes inboxKey = SecretKey.generate(random).xOnlyPublicKey();
  private final SimNotary notary;

  Stranger(Simulation simulation) {
    this.simulation = simulation;
    this.notary = new SimNotary(statementKey, simulation.time()::now);
  }

  /** Says {@code body} under the header of somebody's statement, which is all that it can copy. */
  SignedStatement inTheNameOf(SignedStatement said, Statement body) {
    return notary.sign(said.header(), body);
  }

  /** Says something of its own. */
  SignedStatement says(SignedStatement about, Statement body) {
    Header header = about.header();
    return notary.sign(
        new Header(header.cohortId(), header.roundId(), Bytes.of(new byte[16]), 0, Bytes.EMPTY, 0),
        body);
  }

  /** Its own DID. */
  String did() {
    return Btcr2Did.ofKey(Announced.in(simulation).terms().network(), didKey.publicKey()).text();
  }

  /** Its cohort key, whose secret it has, compressed, 33 bytes. */
  Bytes cohortKey() {
    return cohortKey.publicKey();
  }

  /** Its inbox, x-only, 32 bytes. */
  Bytes inboxKey() {
    return inboxKey;
  }

  /** An opt-in for somebody else's DID. */
  SignedStatement optsInFor(String victim) {
    return optsIn(victim, cohortKey.publicKey(), inboxKey);
  }

  /** An opt-in with this cohort key and inbox key, where proofs of its own keys are right. */
  SignedStatement optsIn(String did, Bytes cohort, Bytes inbox) {
    Announced announced = Announced.in(simulation);
    return optsIn(announced.coordinate(), announced.statement().id(), did, cohort, inbox);
  }

  /** An opt-in to another cohort of the coordinator. */
  SignedStatement optsInElsewhere(String identifier, String did) {
    Bytes coordinator = Announced.in(simulation).statement().author();
    return optsIn(
        SignedStatement.coordinate(coordinator, identifier),
        ZERO,
        did,
        cohortKey.publicKey(),
        inboxKey);
  }

  private SignedStatement optsIn(
      String coordinate, Bytes announcement, String did, Bytes cohort, Bytes inbox) {
    Announced announced = Announced.in(simulation);
    Bytes subject =
        OptInProof.subject(
            coordinate,
            announced.terms().hash(),
            statementKey.xOnlyPublicKey(),
            cohort,
            inbox,
            List.of(did));
    OptIn optIn =
        new OptIn(
            coordinate,
            announced.terms().hash(),
            cohort,
            Schnorr.sign(cohortKey, OptInProof.possessionMessage(subject), ZERO),
            List.of(
                new Registration(
                    did, "", Schnorr.sign(didKey, OptInProof.didMessage(subject, did), ZERO))),
            inbox,
            CohortTerms.SignerClass.LIVE,
            CohortTerms.NonceCustody.MEMORY,
            true,
            1);
    Header header =
        new Header(announcement, Bytes.EMPTY, Bytes.of(new byte[16]), 0, Bytes.EMPTY, 0);
    return notary.sign(header, optIn);
  }
}
