package org.beaconcohort.cohort.view;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidKeys;
import org.beaconcohort.cohort.did.key.MalformedKeyException;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What an opt-in's proofs sign, and the check that everyone makes of everyone's opt-in (N12,
 * BC-18): an opt-in cannot be moved to other terms, another cohort or another key.
 */
public final class OptInProof {
  /** Prefix of the point with even y that an x-only key stands for (BIP-340). */
  private static final Bytes EVEN = Bytes.ofHex("02");

  private OptInProof() {}

  /**
   * H("opt-in", coordinate, terms hash, statement key, cohort key, inbox key, indexes), 32 bytes.
   */
  public static Bytes subject(
      String coordinate,
      Bytes termsHash,
      Bytes statementKey,
      Bytes cohortKey,
      Bytes inboxKey,
      List<String> dids) {
    return FieldHash.of("opt-in")
        .text(coordinate)
        .bytes(termsHash)
        .bytes(statementKey)
        .bytes(cohortKey)
        .bytes(inboxKey)
        .list(dids.stream().map(Registration::indexOf).toList())
        .hash();
  }

  /** What the cohort key signs: H("possession", subject). */
  public static Bytes possessionMessage(Bytes subject) {
    return FieldHash.of("possession").bytes(subject).hash();
  }

  /** What a DID's capability-invocation key signs: H("did-proof", subject, index). */
  public static Bytes didMessage(Bytes subject, String did) {
    return FieldHash.of("did-proof").bytes(subject).bytes(Registration.indexOf(did)).hash();
  }

  /** What is wrong with {@code said} as an opt-in to {@code announcement}, if anything. */
  public static Optional<Violation> check(SignedStatement announcement, SignedStatement said) {
    if (!(announcement.body() instanceof Announcement announced)
        || !(said.body() instanceof OptIn optIn)) {
      return invalid("statement must be an opt-in, got " + said.body().kind());
    }
    if (!said.header().cohortId().equals(announcement.id())) {
      return Optional.of(
          Violation.refusal(
              Code.TERMS_MISMATCH,
              "opt-in must be for announcement "
                  + announcement.id()
                  + ", got "
                  + said.header().cohortId()));
    }
    String coordinate = SignedStatement.coordinate(announcement.author(), announced.identifier());
    if (!optIn.coordinate().equals(coordinate)) {
      return invalid("opt-in coordinate must be " + coordinate + ", got " + optIn.coordinate());
    }
    Bytes termsHash = announced.terms().hash();
    if (!optIn.termsHash().equals(termsHash)) {
      return Optional.of(
          Violation.refusal(
              Code.TERMS_MISMATCH,
              "terms hash must be " + termsHash + ", got " + optIn.termsHash()));
    }
    if (optIn.signerClass().compareTo(announced.terms().signerClass()) > 0) {
      return invalid(
          "signer class must be at least as fast as "
              + announced.terms().signerClass()
              + ", got "
              + optIn.signerClass());
    }
    if (optIn.custody().compareTo(announced.terms().custody()) > 0) {
      return invalid(
          "nonce custody must be "
              + announced.terms().custody()
              + " at most, got "
              + optIn.custody());
    }
    Optional<Violation> notAgreed = consent(announced.terms(), optIn);
    if (notAgreed.isPresent()) {
      return notAgreed;
    }
    int most = announced.terms().maxDidsPerMember();
    if (optIn.registrations().isEmpty() || optIn.registrations().size() > most) {
      return invalid(
          "registered DIDs must be 1.." + most + ", got " + optIn.registrations().size());
    }
    Optional<Violation> unusable = unusableKey("cohort key", optIn.cohortKey());
    if (unusable.isEmpty()) {
      unusable = unusableKey("inbox key", Bytes.concat(EVEN, optIn.inboxKey()));
    }
    if (unusable.isPresent()) {
      return unusable;
    }
    Bytes cohortX = optIn.cohortKey().slice(1, 33);
    if (cohortX.equals(said.author()) || cohortX.equals(optIn.inboxKey())) {
      return invalid("cohort key must differ from statement and inbox key, got " + cohortX);
    }
    List<String> dids = optIn.registrations().stream().map(Registration::did).toList();
    Bytes subject =
        subject(coordinate, termsHash, said.author(), optIn.cohortKey(), optIn.inboxKey(), dids);
    if (!Schnorr.verify(cohortX, possessionMessage(subject), optIn.possession())) {
      return invalid("proof of possession of the cohort key does not verify");
    }
    return registrations(announced, optIn, subject, cohortX);
  }

  /** N9: k below n needs everyone's word for it. */
  private static Optional<Violation> consent(CohortTerms terms, OptIn optIn) {
    if (terms.leafA() != CohortTerms.LeafA.THRESHOLD) {
      return optIn.minK() == 0
          ? Optional.empty()
          : invalid("minK must be 0 without leaf A of k below n, got " + optIn.minK());
    }
    return optIn.minK() < 1 || optIn.minK() > terms.leastThreshold()
        ? invalid(
            "minK must be 1.."
                + terms.leastThreshold()
                + ", the consent to leaf A with k below n, got "
                + optIn.minK())
        : Optional.empty();
  }

  /** Proofs cover x only, and nobody proves an inbox key; others compute with both. */
  private static Optional<Violation> unusableKey(String name, Bytes compressed) {
    try {
      Multikey.checkKey(compressed);
      return Optional.empty();
    } catch (MalformedKeyException noPoint) {
      return invalid(name + " must be a point: " + noPoint.getMessage());
    }
  }

  private static Optional<Violation> registrations(
      Announcement announced, OptIn optIn, Bytes subject, Bytes cohortX) {
    Set<String> seen = new HashSet<>();
    for (Registration registration : optIn.registrations()) {
      String did = registration.did();
      if (!seen.add(did)) {
        return invalid("DIDs must be registered once, got twice " + did);
      }
      if (!announced.terms().leaf().admits(did)) {
        return invalid("DID must be invited by the terms, got " + did);
      }
      Bytes key;
      try {
        Btcr2Did parsed = Btcr2Did.parse(did);
        if (parsed.network() != announced.terms().network()) {
          return invalid(
              "network must be " + announced.terms().network() + ", got " + parsed.network());
        }
        key = DidKeys.invocationKey(parsed, registration.genesisDocument());
      } catch (IllegalArgumentException malformed) {
        return invalid("DID must be a did:btcr2 with a known key: " + malformed.getMessage());
      }
      Bytes keyX = key.slice(1, 33);
      if (keyX.equals(cohortX)) {
        return invalid("cohort key must not be the key of " + did);
      }
      if (!Schnorr.verify(keyX, didMessage(subject, did), registration.proof())) {
        return invalid("proof of " + did + " does not verify under the DID's key");
      }
    }
    return Optional.empty();
  }

  private static Optional<Violation> invalid(String detail) {
    return Optional.of(Violation.refusal(Code.OPT_IN_INVALID, detail));
  }
}
