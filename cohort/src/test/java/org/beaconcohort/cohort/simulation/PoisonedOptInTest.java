package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** A stranger's opt-in whose every proof verifies and that is unusable all the same. */
final class PoisonedOptInTest {
  private static final Bytes ZERO = Bytes.of(new byte[32]);
  private final SeededRandom random = new SeededRandom(4711);
  private final SecretKey statementKey = SecretKey.generate(random);
  private final SecretKey cohortKey = SecretKey.generate(random);
  private final SecretKey didKey = SecretKey.generate(random);
  private final Bytes inboxKey = SecretKey.generate(random).xOnlyPublicKey();

  @Test
  void aCohortKeyThatIsNoCompressedPointGetsNoSeat() {
    Bytes noPoint = Bytes.concat(Bytes.ofHex("05"), cohortKey.xOnlyPublicKey());
    assertRefusedAndOthersGoOn(noPoint, inboxKey, Optional.empty(), Code.OPT_IN_INVALID);
  }

  @Test
  void anInboxKeyThatNobodyCanEncryptToGetsNoSeat() {
    assertRefusedAndOthersGoOn(cohortKey.publicKey(), ZERO, Optional.empty(), Code.OPT_IN_INVALID);
  }

  @Test
  void anOptInToAnEarlierAnnouncementWithTheSameTermsGetsNoSeat() {
    assertRefusedAndOthersGoOn(
        cohortKey.publicKey(), inboxKey, Optional.of(ZERO), Code.TERMS_MISMATCH);
  }

  private void assertRefusedAndOthersGoOn(
      Bytes cohort, Bytes inbox, Optional<Bytes> announcementId, Code code) {
    Simulation simulation = new Simulation(71, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof OptIn && receiver.equals("coordinator")
                ? List.of(optIn(simulation, cohort, inbox, announcementId), said)
                : List.of(said));
    simulation.begin();
    simulation.run(Duration.ofDays(1));
    assertTrue(
        simulation.coordinator().refused().stream()
            .anyMatch(violation -> violation.code() == code));
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
    assertEquals(1, simulation.coordinator().outcomes().size());
  }

  private SignedStatement optIn(
      Simulation simulation, Bytes cohort, Bytes inbox, Optional<Bytes> announcementId) {
    SignedStatement announcement =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Announcement)
            .findFirst()
            .orElseThrow();
    Announcement announced = (Announcement) announcement.body();
    CohortTerms terms = announced.terms();
    String coordinate = SignedStatement.coordinate(announcement.author(), announced.identifier());
    String did = Btcr2Did.ofKey(Network.REGTEST, didKey.publicKey()).text();
    Bytes subject =
        OptInProof.subject(
            coordinate, terms.hash(), statementKey.xOnlyPublicKey(), cohort, inbox, List.of(did));
    OptIn optIn =
        new OptIn(
            coordinate,
            terms.hash(),
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
        new Header(
            announcementId.orElse(announcement.id()),
            Bytes.EMPTY,
            Bytes.of(new byte[16]),
            0,
            Bytes.EMPTY,
            0);
    return new SimNotary(statementKey, simulation.time()::now).sign(header, optIn);
  }
}
