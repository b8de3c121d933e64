package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.LeafStatement;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.musig2.bytes.Bytes;

/** One field of one statement that says what its author knows to be wrong. */
public enum Lie {
  /** Another address for the key set. */
  ADDRESS,
  /** A fee above the corridor, paid by the change. */
  HIGH_FEE,
  /** The change goes to somebody else. */
  CHANGE_ELSEWHERE,
  /** Less change than the fee allows for. */
  LESS_CHANGE,
  /** Another output of the funding transaction. */
  OTHER_OUTPUT,
  /** A lock time. */
  LOCK_TIME,
  /** Another signature hash type. */
  SIGHASH,
  /** Another T. */
  TRANSCRIPT,
  /** Another A. */
  CONTEXT,
  /** Nonces of other slots. */
  NONCES,
  /** Responses of other slots. */
  RESPONSES,
  /** The next attempt, though none was lost. */
  COUNTER,
  /** Leaf A, or the key path where it is leaf A. */
  PATH,
  /** Somebody else is missing of a leaf request. */
  MISSING,
  /** A leaf request for another T_A. */
  LEAF_CONTEXT,
  /** Other data behind the signal. */
  BUNDLE,
  /** A partial signature that does not verify. */
  BAD_PARTIAL,
  /** A partial signature for another T. */
  OTHER_TRANSCRIPT,
  /** Another's nonce. */
  COPIED_NONCE,
  /** A nonce that is no points. */
  NO_NONCE,
  /** An entry for another's DID. */
  FOREIGN_ENTRY,
  /** No entry, where there was one. */
  NO_ENTRY,
  /** A leaf signature that does not verify. */
  BAD_LEAF_SIGNATURE,
  /** A leaf signature for another T_A. */
  OTHER_LEAF_CONTEXT,
  /** A receipt for other data. */
  OTHER_RECEIPT;

  /** Those of a coordinator that members refuse to begin with. */
  public static final List<Lie> OF_LEADERS =
      List.of(
          HIGH_FEE,
          CHANGE_ELSEWHERE,
          LESS_CHANGE,
          OTHER_OUTPUT,
          LOCK_TIME,
          SIGHASH,
          TRANSCRIPT,
          CONTEXT,
          NONCES,
          RESPONSES,
          COUNTER,
          PATH);

  /** Those of a coordinator where there is leaf A. */
  public static final List<Lie> OF_LEADERS_ON_LEAF = List.of(MISSING, LEAF_CONTEXT, BUNDLE);

  private static final Set<Lie> OF_OPPORTUNITIES = EnumSet.range(HIGH_FEE, SIGHASH);
  private static final Set<Lie> OF_PROPOSALS = EnumSet.range(TRANSCRIPT, PATH);

  /** Those of a member. */
  public static final List<Lie> OF_MEMBERS =
      List.of(BAD_PARTIAL, OTHER_TRANSCRIPT, COPIED_NONCE, NO_NONCE, FOREIGN_ENTRY, NO_ENTRY);

  /** Those of a member where there is leaf A. */
  public static final List<Lie> OF_MEMBERS_ON_LEAF =
      List.of(BAD_LEAF_SIGNATURE, OTHER_LEAF_CONTEXT, OTHER_RECEIPT);

  /**
   * What is said instead; empty if this is not such a statement.
   *
   * @param heard everything that anybody has said so far
   */
  Optional<Statement> instead(Statement body, List<SignedStatement> heard, List<String> dids) {
    return switch (body) {
      case KeysetProposal honest when this == ADDRESS -> Optional.of(elsewhere(honest));
      case Opportunity honest when OF_OPPORTUNITIES.contains(this) ->
          Optional.of(opportunity(honest));
      case Proposal honest when OF_PROPOSALS.contains(this) -> Optional.of(proposal(honest));
      case LeafStatement honest -> onLeaf(honest);
      case PartialSignature honest when this == BAD_PARTIAL ->
          Optional.of(
              new PartialSignature(
                  honest.transcript(),
                  Bytes.concat(Bytes.of(new byte[31]), Bytes.ofHex("07")),
                  honest.next()));
      case PartialSignature honest when this == OTHER_TRANSCRIPT ->
          Optional.of(
              new PartialSignature(turned(honest.transcript()), honest.signature(), honest.next()));
      case Response honest -> response(honest, heard, dids);
      default -> Optional.empty();
    };
  }

  private static Bytes turned(Bytes value) {
    return Bytes.concat(value.slice(1, value.size()), value.slice(0, 1));
  }

  private static Statement elsewhere(KeysetProposal honest) {
    return new KeysetProposal(
        honest.announcementEvent(),
        honest.keys(),
        honest.optIns(),
        honest.threshold(),
        "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34",
        honest.channelKeyHash(),
        honest.parentProposalId());
  }

  private Statement opportunity(Opportunity honest) {
    TxOutput change = honest.outputs().getFirst();
    long more = this == HIGH_FEE ? 20_000 : 0;
    long less = this == LESS_CHANGE || this == HIGH_FEE ? 20_000 : 0;
    Bytes script =
        this == CHANGE_ELSEWHERE
            ? Bytes.concat(Bytes.ofHex("5120"), Bytes.of(new byte[32]))
            : change.script();
    Outpoint outpoint = honest.outpoint();
    return new Opportunity(
        honest.number(),
        this == OTHER_OUTPUT ? new Outpoint(outpoint.txid(), outpoint.vout() + 1) : outpoint,
        honest.fundingTransaction(),
        honest.fee() + more,
        List.of(new TxOutput(Math.max(0, change.value() - less), script)),
        honest.version(),
        this == LOCK_TIME ? 500 : honest.lockTime(),
        honest.sequence(),
        this == SIGHASH ? 1 : honest.sighashType());
  }

  private static Proposal.SpendPath other(Proposal.SpendPath path) {
    return path == Proposal.SpendPath.LEAF_A
        ? Proposal.SpendPath.KEY_PATH
        : Proposal.SpendPath.LEAF_A;
  }

  private Optional<Statement> onLeaf(LeafStatement body) {
    return switch (body) {
      case LeafRequest honest when this == MISSING ->
          Optional.of(
              new LeafRequest(
                  honest.transcript(),
                  List.of(honest.missing().getFirst() == 0 ? 1 : 0),
                  honest.context()));
      case LeafRequest honest when this == LEAF_CONTEXT ->
          Optional.of(
              new LeafRequest(honest.transcript(), honest.missing(), turned(honest.context())));
      case Bundle honest when this == BUNDLE ->
          Optional.of(
              new Bundle(
                  honest.context(),
                  honest.updates().isEmpty()
                      ? Map.of("did:btcr2:none", Bytes.of(new byte[32]))
                      : Map.of()));
      case LeafSignature honest when this == BAD_LEAF_SIGNATURE ->
          Optional.of(
              new LeafSignature(
                  honest.context(), Bytes.concat(Bytes.of(new byte[63]), Bytes.ofHex("07"))));
      case LeafSignature honest when this == OTHER_LEAF_CONTEXT ->
          Optional.of(new LeafSignature(turned(honest.context()), honest.signature()));
      case BundleAck honest when this == OTHER_RECEIPT ->
          Optional.of(new BundleAck(turned(honest.context())));
      default -> Optional.empty();
    };
  }

  private Statement proposal(Proposal honest) {
    List<Bytes> nonces = this == NONCES ? honest.nonces().reversed() : honest.nonces();
    List<Bytes> responses = this == RESPONSES ? honest.responses().reversed() : honest.responses();
    return new Proposal(
        this == COUNTER ? honest.counter() + 1 : honest.counter(),
        honest.parent(),
        honest.reason(),
        this == PATH ? other(honest.path()) : honest.path(),
        responses,
        nonces,
        this == CONTEXT ? turned(honest.context()) : honest.context(),
        this == TRANSCRIPT ? turned(honest.transcript()) : honest.transcript());
  }

  private Optional<Statement> response(
      Response honest, List<SignedStatement> heard, List<String> dids) {
    if (honest.nonce().equals(NonceOffer.NONE) && (this == COPIED_NONCE || this == NO_NONCE)) {
      return Optional.empty();
    }
    return switch (this) {
      case COPIED_NONCE -> {
        List<Bytes> others = new ArrayList<>();
        for (SignedStatement said : heard) {
          if (said.body() instanceof Response other && !other.equals(honest)) {
            others.add(other.nonce().publicNonce());
          }
        }
        yield others.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Response(
                    honest.updates(), new NonceOffer(honest.nonce().number(), others.getLast())));
      }
      // Where nobody gives a nonce, none is no lie.
      case NO_NONCE ->
          honest.nonce().equals(NonceOffer.NONE)
              ? Optional.empty()
              : Optional.of(
                  new Response(
                      honest.updates(),
                      new NonceOffer(honest.nonce().number(), Bytes.of(new byte[66]))));
      case FOREIGN_ENTRY -> {
        for (String did : dids) {
          if (!honest.updates().containsKey(did)) {
            yield Optional.of(new Response(Map.of(did, Bytes.of(new byte[32])), honest.nonce()));
          }
        }
        yield Optional.empty();
      }
      case NO_ENTRY -> Optional.of(new Response(Map.of(), honest.nonce()));
      default -> Optional.empty();
    };
  }
}
