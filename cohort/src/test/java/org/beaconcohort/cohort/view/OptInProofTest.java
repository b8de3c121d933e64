package org.beaconcohort.cohort.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An opt-in cannot be moved (N12): one changed field, and everyone refuses it. */
final class OptInProofTest {
  private static final TestCohort PARTIES = new TestCohort(17);
  private static final SignedStatement GOOD = PARTIES.optIns().get(0);
  private static final SignedStatement PEER = PARTIES.optIns().get(1);
  private static final Bytes OTHER = Bytes.of(new byte[32]);

  record Mutation(Code code, String path, Object value) {
    @Override
    public String toString() {
      return path + " " + code;
    }
  }

  static Stream<Mutation> mutations() {
    TestParty peer = PARTIES.members().get(1);
    Registration own = ((OptIn) GOOD.body()).registrations().get(0);
    Registration peers = ((OptIn) PEER.body()).registrations().get(0);
    Btcr2Did onMainnet =
        Btcr2Did.ofKey(Network.BITCOIN, PARTIES.members().get(0).didKey().publicKey());
    String did = "body.registrations[0].did";
    return Stream.of(
        invalid("author", peer.statementKey()),
        invalid("author", PARTIES.members().get(0).cohortKey().xOnlyPublicKey()),
        invalid("body", new org.beaconcohort.cohort.message.Statement.KeysetAck(OTHER)),
        invalid("body.coordinate", "34640:" + PEER.author() + ":test"),
        invalid("body.coordinate", "34640:" + PARTIES.leader().statementKey() + ":other"),
        new Mutation(Code.TERMS_MISMATCH, "body.termsHash", OTHER),
        new Mutation(Code.TERMS_MISMATCH, "header.cohortId", OTHER),
        invalid("body.cohortKey", peer.cohortKey().publicKey()),
        invalid("body.cohortKey", Bytes.concat(Bytes.ofHex("02"), OTHER)),
        invalid("body.possession", Bytes.of(new byte[64])),
        invalid("body.possession", ((OptIn) PEER.body()).possession()),
        invalid("body.inboxKey", peer.inboxKey()),
        invalid("body.inboxKey", PARTIES.members().get(0).cohortKey().xOnlyPublicKey()),
        invalid("body.signerClass", SignerClass.HUMAN),
        invalid("body.registrations", List.of()),
        invalid("body.registrations", List.of(own, own)),
        invalid("body.registrations", List.of(own, peers)),
        invalid("body.registrations", List.of(own, own, peers)),
        invalid("body.registrations[0]", peers),
        invalid("body.registrations[0].proof", Bytes.of(new byte[64])),
        invalid("body.registrations[0].proof", peers.proof()),
        invalid("body.registrations[0].genesisDocument", "{}"),
        invalid(did, peer.did().text()),
        invalid(did, onMainnet.text()),
        invalid(did, ""),
        invalid(did, "did:btcr2:k1"),
        invalid(did, "did:key:zQ3sh"),
        invalid(did, PARTIES.members().get(0).did().text().replace('q', 'p')));
  }

  private static Mutation invalid(String path, Object value) {
    return new Mutation(Code.OPT_IN_INVALID, path, value);
  }

  private static Optional<Code> check(SignedStatement said) {
    return OptInProof.check(PARTIES.announcement(), said).map(Violation::code);
  }

  @Test
  void everyOptInOfTheCohortIsValid() {
    for (SignedStatement said : PARTIES.optIns()) {
      assertEquals(Optional.empty(), OptInProof.check(PARTIES.announcement(), said));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void oneChangedFieldIsRefused(Mutation mutation) {
    // An author that is somebody else's may have no pending updates left to count.
    SignedStatement free = Changed.with(GOOD, "body.pendingUpdates", 0);
    SignedStatement changed = Changed.with(free, mutation.path(), mutation.value());

    assertEquals(Optional.empty(), check(free));
    assertEquals(Optional.of(mutation.code()), check(changed));
  }

  @Test
  void anOptInToOtherTermsIsRefused() {
    SignedStatement raised =
        Changed.with(PARTIES.announcement(), "body.terms.fees.maxFee", 1_000_000L);

    assertEquals(
        Optional.of(Code.TERMS_MISMATCH), OptInProof.check(raised, GOOD).map(Violation::code));
  }

  @Test
  void anOptInToAnotherAnnouncementIsRefused() {
    SignedStatement other = Changed.with(PARTIES.announcement(), "body.identifier", "other");

    assertEquals(
        Optional.of(Code.OPT_IN_INVALID), OptInProof.check(other, GOOD).map(Violation::code));
  }

  @Test
  void anOptInToAnotherCoordinatorIsRefused() {
    SignedStatement other = Changed.with(PARTIES.announcement(), "author", PEER.author());

    assertEquals(
        Optional.of(Code.OPT_IN_INVALID), OptInProof.check(other, GOOD).map(Violation::code));
  }

  @Test
  void theProofsAreNotInterchangeable() {
    OptIn optIn = (OptIn) GOOD.body();
    TestParty member = PARTIES.members().get(0);
    Bytes subject =
        OptInProof.subject(
            optIn.coordinate(),
            optIn.termsHash(),
            GOOD.author(),
            optIn.cohortKey(),
            optIn.inboxKey(),
            List.of(member.did().text()));
    Bytes possessionForDid =
        Schnorr.sign(member.didKey(), OptInProof.possessionMessage(subject), subject);
    Bytes didForPossession =
        Schnorr.sign(
            member.cohortKey(), OptInProof.didMessage(subject, member.did().text()), subject);

    assertEquals(
        Optional.of(Code.OPT_IN_INVALID),
        check(Changed.with(GOOD, "body.registrations[0].proof", possessionForDid)));
    assertEquals(
        Optional.of(Code.OPT_IN_INVALID),
        check(Changed.with(GOOD, "body.possession", didForPossession)));
  }

  @Test
  void theCohortKeyMustNotBeTheKeyOfTheDid() {
    TestParty member = PARTIES.members().get(0);
    OptIn good = (OptIn) GOOD.body();
    String did = Btcr2Did.ofKey(Network.REGTEST, member.cohortKey().publicKey()).text();
    Bytes subject =
        OptInProof.subject(
            good.coordinate(),
            good.termsHash(),
            GOOD.author(),
            good.cohortKey(),
            good.inboxKey(),
            List.of(did));
    OptIn own =
        new OptIn(
            good.coordinate(),
            good.termsHash(),
            good.cohortKey(),
            Schnorr.sign(member.cohortKey(), OptInProof.possessionMessage(subject), subject),
            List.of(
                new Registration(
                    did,
                    "",
                    Schnorr.sign(
                        member.cohortKey(), OptInProof.didMessage(subject, did), subject))),
            good.inboxKey(),
            good.signerClass(),
            good.custody(),
            true,
            0);

    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(Changed.with(GOOD, "body", own)));
  }
}
