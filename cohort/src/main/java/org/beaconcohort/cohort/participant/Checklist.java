package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The thirteen items a participant checks before signing (signing-safety 2.8), in their order. The
 * first that fails gives the refusal; if none fails, the claim may be written.
 */
public final class Checklist {
  private Checklist() {}

  /** Why {@code signing} must not be signed at {@code now}, if it must not. */
  public static Optional<Violation> check(SigningCase signing, Instant now) {
    return author(signing)
        .or(() -> cohort(signing))
        .or(() -> listedAndFunded(signing))
        .or(() -> signing.attempt().round().check())
        .or(() -> transaction(signing))
        .or(() -> entries(signing))
        .or(() -> bundle(signing))
        .or(() -> nonces(signing))
        .or(() -> ledger(signing))
        .or(() -> time(signing, now))
        .or(() -> consent(signing))
        .or(() -> transcript(signing, now));
  }

  /** Item 1. */
  private static Optional<Violation> author(SigningCase signing) {
    SignedStatement proposal = signing.proposal();
    if (!proposal.author().equals(signing.leader())) {
      return no(
          Code.AUTHOR_MISMATCH,
          "proposal must be by the leader " + signing.leader() + ", got " + proposal.author());
    }
    return proposal.header().epoch() < signing.endorsedEpoch()
        ? no(
            Code.EPOCH_STALE,
            "epoch must be at least "
                + signing.endorsedEpoch()
                + ", got "
                + proposal.header().epoch())
        : Optional.empty();
  }

  /** Item 2: key, tree and address are recomputed, not remembered. */
  private static Optional<Violation> cohort(SigningCase signing) {
    Cohort stored = signing.cohort();
    Cohort recomputed = Cohort.of(stored.terms(), stored.members());
    Cohort asked = signing.attempt().round().cohort();
    Member own = stored.members().get(signing.slot());
    if (!own.cohortKey().equals(signing.plan().cohortKey())
        || !own.statementKey().equals(signing.plan().statementKey())
        || !asked.id().equals(recomputed.id())
        || !signing.proposal().header().cohortId().equals(recomputed.id())) {
      return no(
          Code.KEYSET_MISMATCH,
          "cohort must be "
              + recomputed.id()
              + " with own key in slot "
              + signing.slot()
              + ", got "
              + signing.proposal().header().cohortId());
    }
    for (String address :
        List.of(signing.acknowledgedAddress(), stored.address(), asked.address())) {
      if (!address.equals(recomputed.address())) {
        return no(
            Code.ADDRESS_MISMATCH, "address must be " + recomputed.address() + ", got " + address);
      }
    }
    return Optional.empty();
  }

  /** Item 3: own documents and own chain source; the static part is in Round.check. */
  private static Optional<Violation> listedAndFunded(SigningCase signing) {
    int depth = signing.plan().policy().depth(signing.cohort().terms());
    Survey survey = signing.survey();
    for (OfferedUpdate update : signing.updates()) {
      boolean listed =
          survey.documents().stream()
              .anyMatch(document ->
                  document.did().equals(update.did()) && document.listedDepth() >= depth);
      if (!listed) {
        return no(
            Code.NOT_LISTED,
            "document of "
                + update.did()
                + " must list "
                + signing.acknowledgedAddress()
                + " at depth "
                + depth);
      }
    }
    Optional<Violation> unlisted =
        HandingOver.unlisted(signing.plan(), signing.attempt().round(), survey, depth);
    return unlisted.isPresent()
        ? unlisted
        : prevout(signing.attempt().round().prevout(), survey, depth);
  }

  static Optional<Violation> prevout(Optional<TxOutput> claimed, Survey survey, int depth) {
    if (claimed.isEmpty()
        || !claimed.get().script().equals(survey.prevoutScript())
        || claimed.get().value() != survey.prevoutValue()) {
      return no(
          Code.PREVOUT_MISMATCH,
          "outpoint must hold "
              + survey.prevoutValue()
              + " sat for "
              + survey.prevoutScript()
              + " by own chain source, got "
              + claimed);
    }
    return survey.depth() < depth || !survey.unspent()
        ? no(
            Code.PREVOUT_UNCONFIRMED,
            "outpoint must be unspent at depth "
                + depth
                + ", got depth "
                + survey.depth()
                + (survey.unspent() ? "" : ", spent"))
        : Optional.empty();
  }

  /** Items 3 to 6 once more, for the bytes that would be signed; the fee follows from them. */
  private static Optional<Violation> transaction(SigningCase signing) {
    Transaction expected = signing.attempt().transaction();
    Transaction found = signing.transaction();
    if (found.inputs().size() != 1
        || !found.inputs().get(0).outpoint().equals(expected.inputs().get(0).outpoint())) {
      return no(
          Code.PREVOUT_MISMATCH,
          "only input must be "
              + expected.inputs().get(0).outpoint()
              + ", got "
              + found.inputs().stream().map(Transaction.Input::outpoint).toList());
    }
    if (found.version() != expected.version()
        || found.lockTime() != expected.lockTime()
        || !found.inputs().equals(expected.inputs())) {
      return no(
          Code.SIGHASH_TYPE,
          "version, lock time and input must be those of the opportunity, got "
              + found.serialize());
    }
    if (!found.lastOutput().equals(expected.lastOutput())) {
      return no(
          Code.SIGNAL_MISMATCH,
          "last output must be " + expected.lastOutput() + ", got " + found.lastOutput());
    }
    return found.outputs().equals(expected.outputs())
        ? Optional.empty()
        : no(
            Code.OUTPUTS_MISMATCH,
            "outputs must be " + expected.outputs() + ", got " + found.outputs());
  }

  /** Item 7: own entries, and the updates behind them. */
  private static Optional<Violation> entries(SigningCase signing) {
    CasAnnouncement announced = signing.attempt().announcement();
    Set<String> own = new TreeSet<>(signing.plan().dids());
    own.addAll(signing.cohort().members().get(signing.slot()).dids());
    for (String did : own) {
      Optional<Bytes> expected =
          signing.updates().stream()
              .filter(update -> update.did().equals(did))
              .map(offered -> offered.update().hash())
              .findFirst();
      Optional<Bytes> found = announced.updateHash(Btcr2Did.parse(did));
      if (!found.equals(expected)) {
        return no(
            Code.ENTRY_MISMATCH, "entry of " + did + " must be " + expected + ", got " + found);
      }
    }
    for (OfferedUpdate update : signing.updates()) {
      Optional<Violation> unsafe = unsafe(update, signing.survey());
      if (unsafe.isPresent()) {
        return unsafe;
      }
    }
    return Optional.empty();
  }

  /** N18 and R20: no expiry, not created in the chain's future, still the controller's own. */
  static Optional<Violation> unsafe(OfferedUpdate offered, Survey survey) {
    SignedUpdate update = offered.update();
    try {
      update.checkSafeToHandOut(survey.medianTime());
    } catch (UpdateRefusedException refused) {
      return no(Code.UPDATE_UNSAFE, String.valueOf(refused.getMessage()));
    }
    for (Survey.Document document : survey.documents()) {
      if (document.did().equals(offered.did())) {
        if (update.targetVersionId() == document.versionId()
            && update.hash().equals(document.latestUpdate())) {
          // Anchored alone meanwhile: announced again it changes nothing, and the others need it
          // (R21).
          return Optional.empty();
        }
        if (!document.refusal().isEmpty()) {
          return no(Code.UPDATE_UNSAFE, document.refusal());
        }
        if (update.targetVersionId() != document.versionId() + 1) {
          return no(
              Code.UPDATE_UNSAFE,
              "update must make version "
                  + (document.versionId() + 1)
                  + ", got "
                  + update.targetVersionId());
        }
        if (!document.update().contains(offered)) {
          return no(
              Code.UPDATE_UNSAFE,
              "the controller must still offer update "
                  + update.hash()
                  + "; one version has one update for ever");
        }
        return Optional.empty();
      }
    }
    return no(Code.UPDATE_UNSAFE, "own sources must resolve " + offered.did() + ", they do not");
  }

  /** Item 8. */
  private static Optional<Violation> bundle(SigningCase signing) {
    Bytes expected = signing.attempt().bundleHash();
    boolean stored =
        signing.bundle().stream().anyMatch(each -> each.signalBytes().value().equals(expected));
    return stored
        ? Optional.empty()
        : no(Code.BUNDLE_MISSING, "bundle with hash " + expected + " must be stored first");
  }

  /** Item 9; leaf A has no nonces. */
  private static Optional<Violation> nonces(SigningCase signing) {
    Attempt attempt = signing.attempt();
    if (attempt.nonceCarriers().isEmpty()) {
      return Optional.empty();
    }
    Set<Bytes> distinct = new HashSet<>();
    List<Member> members = signing.cohort().members();
    for (int slot = 0; slot < members.size(); slot++) {
      SignedStatement carrier = attempt.nonceCarriers().get(slot);
      Bytes publicNonce = attempt.publicNonces().get(slot);
      if (!carrier.author().equals(members.get(slot).statementKey())) {
        return no(
            Code.NONCE_INVALID,
            "nonce of slot "
                + slot
                + " must be by "
                + members.get(slot).statementKey()
                + ", got "
                + carrier.author());
      }
      Optional<Violation> malformed = Responses.nonce(slot, publicNonce);
      if (malformed.isPresent()) {
        return malformed;
      }
      if (!distinct.add(publicNonce)) {
        return no(
            Code.NONCE_DUPLICATE, "public nonces must be distinct, slot " + slot + " repeats one");
      }
    }
    SignedStatement own = attempt.nonceCarriers().get(signing.slot());
    if (!Attempt.nonce(own.body()).equals(Optional.of(signing.nonce()))
        || !signing.plan().holds(own)) {
      return no(
          Code.NONCE_NOT_MINE,
          "nonce of own slot must be number "
              + signing.nonce().number()
              + " of this process, got another");
    }
    Bytes aggregate = attempt.aggregateNonce();
    return isInfinity(aggregate.slice(0, 33)) || isInfinity(aggregate.slice(33, 66))
        ? no(Code.NONCE_INVALID, "aggregate nonce must not be at infinity; a member cheats")
        : Optional.empty();
  }

  private static boolean isInfinity(Bytes point) {
    return point.equals(Bytes.of(new byte[33]));
  }

  /** Item 10. */
  private static Optional<Violation> ledger(SigningCase signing) {
    if (signing.survey().halted()) {
      return no(Code.HALTED, "signing with this key is halted until an operator clears it");
    }
    if (signing.claimed().isPresent()) {
      return no(
          Code.NONCE_ALREADY_CLAIMED,
          "nonce " + signing.nonce().number() + " belongs to " + signing.claimed().get());
    }
    Bytes txid = signing.transaction().txid();
    return signing.latched().isPresent() && !signing.latched().get().equals(txid)
        ? no(
            Code.OUTPOINT_LATCHED,
            "outpoint must be spent by " + signing.latched().get() + " only, got " + txid)
        : Optional.empty();
  }

  /** Item 11. */
  private static Optional<Violation> time(SigningCase signing, Instant now) {
    Instant own = signing.plan().policy().updateDeadline();
    Instant last = own.isBefore(signing.deadline()) ? own : signing.deadline();
    return now.isBefore(last)
        ? Optional.empty()
        : no(Code.DEADLINE_PASSED, "signing must happen before " + last + ", it is " + now);
  }

  /** Item 12. */
  private static Optional<Violation> consent(SigningCase signing) {
    boolean keyPath =
        signing.proposal().body() instanceof Proposal proposal
            && proposal.path() == SpendPath.KEY_PATH
            && signing.attempt().path() == SpendPath.KEY_PATH;
    if (!keyPath && signing.downgrade().isPresent()) {
      return signing.downgrade();
    }
    for (Cohort each : List.of(signing.cohort(), signing.attempt().round().cohort())) {
      Bytes found = each.terms().hash();
      if (!found.equals(signing.termsHash())) {
        return no(Code.TERMS_MISMATCH, "terms must be " + signing.termsHash() + ", got " + found);
      }
    }
    return Optional.empty();
  }

  /** Whether the proposal is one that the policy would have this view make now (N4, R22). */
  private static boolean isDue(SigningCase signing, Proposal proposal, Instant now) {
    return switch (proposal.reason()) {
      case FIRST -> proposal.counter() == 0 && proposal.parent().size() == 0;
      case NONCE_LOST ->
          MemberSituation.nextAttempt(
                  signing.cohort(),
                  proposal.counter(),
                  Objects.equals(
                      signing.lostAttempts().get(proposal.parent()), proposal.counter() - 1),
                  now,
                  signing.deadline())
              .isEmpty();
    };
  }

  /** Item 13. */
  private static Optional<Violation> transcript(SigningCase signing, Instant now) {
    Attempt attempt = signing.attempt();
    if (signing.proposal().body() instanceof LeafRequest request) {
      Bytes leaf = attempt.leafContext();
      return request.context().equals(leaf)
          ? Optional.empty()
          : no(Code.TRANSCRIPT_MISMATCH, "T_A must be " + leaf + ", got " + request.context());
    }
    if (!(signing.proposal().body() instanceof Proposal proposal)) {
      return no(Code.TRANSCRIPT_MISMATCH, "proposal expected");
    }
    if (!isDue(signing, proposal, now)) {
      return no(
          Code.TRANSCRIPT_MISMATCH,
          "attempt must be the first of its round, or follow one that a lost nonce ended, got"
              + " counter "
              + proposal.counter()
              + ", reason "
              + proposal.reason()
              + " and parent "
              + proposal.parent());
    }
    Bytes context = attempt.context();
    if (!proposal.context().equals(context)) {
      return no(Code.TRANSCRIPT_MISMATCH, "A must be " + context + ", got " + proposal.context());
    }
    Bytes transcript = attempt.transcript();
    return proposal.transcript().equals(transcript)
        ? Optional.empty()
        : no(
            Code.TRANSCRIPT_MISMATCH, "T must be " + transcript + ", got " + proposal.transcript());
  }

  private static Optional<Violation> no(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
