package org.beaconcohort.cohort.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.Known;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;

/** What only a member's performer does: opt-in, documents, surveys, nonces, signatures. */
final class MemberWork {
  private final Ports ports;
  private final MemberPorts member;

  MemberWork(Ports ports, MemberPorts member) {
    this.ports = ports;
    this.member = member;
  }

  Input optIn(Effect.PrepareOptIn prepare) {
    SignedStatement said = prepare.announcement();
    if (!(said.body() instanceof Announcement announced)) {
      throw new IllegalStateException("announcement expected, got " + said.body().kind());
    }
    CohortTerms terms = announced.terms();
    DidController controller = member.controller();
    if (prepare.fallback() && controller.pendingUpdates() > 0) {
      try {
        controller.prepareFallback();
      } catch (PortFailure refused) {
        if (refused.temporary()) {
          throw refused;
        }
        return new Input.CannotGoOn(Code.NO_FALLBACK, String.valueOf(refused.getMessage()));
      }
    }
    List<String> dids = controller.dids();
    String coordinate = SignedStatement.coordinate(said.author(), announced.identifier());
    Bytes cohortKey = member.signer().publicKey();
    Bytes subject =
        OptInProof.subject(
            coordinate,
            terms.hash(),
            ports.notary().statementKey(),
            cohortKey,
            member.inboxKey(),
            dids);
    List<Registration> registrations = new ArrayList<>();
    for (String did : dids) {
      registrations.add(
          new Registration(
              did,
              controller.genesisDocument(did),
              controller.prove(did, OptInProof.didMessage(subject, did))));
    }
    OptIn optIn =
        new OptIn(
            coordinate,
            terms.hash(),
            cohortKey,
            member.signer().provePossession(OptInProof.possessionMessage(subject)),
            registrations,
            member.inboxKey(),
            terms.signerClass(),
            member.custody(),
            true,
            controller.pendingUpdates(),
            prepare.minK());
    return new Input.OptInPrepared(said.id(), optIn);
  }

  Input.OfferedAlone offerAlone() {
    return new Input.OfferedAlone(member.controller().offerAlone());
  }

  /** Announces alone, then waits until every transaction is deep enough. */
  Optional<Input.AnchoredAlone> anchorAlone(Effect.AnchorAlone alone) {
    List<Bytes> txids = member.controller().anchorAlone(alone.updates());
    boolean deep =
        txids.stream()
            .allMatch(txid ->
                ports
                    .chain()
                    .transaction(txid)
                    .filter(known -> known.depth() >= alone.depth())
                    .isPresent());
    return deep ? Optional.of(new Input.AnchoredAlone(txids)) : Optional.empty();
  }

  /** Lists the address, then waits until every document says so deep enough. */
  Optional<Input.Listed> list(Effect.ListAddress list) {
    member.controller().list(list.cohort());
    boolean listed =
        member.controller().documents(list.cohort(), 0, ports.chain().tip().medianTime()).stream()
            .allMatch(document -> document.listedDepth() >= list.depth());
    return listed ? Optional.of(new Input.Listed()) : Optional.empty();
  }

  void carry(Effect.CarrySuccessor carry) {
    member.controller().succeed(carry.current(), carry.next());
  }

  /** Of DIDs that are not in the next cohort nothing is asked. */
  Input.SuccessorListed isListed(Effect.AskListed ask) {
    boolean listed =
        member.controller().documents(ask.next(), 0, ports.chain().tip().medianTime()).stream()
            .filter(document -> Successors.stays(ask.next(), List.of(document.did())))
            .allMatch(document -> document.listedDepth() >= ask.depth());
    return new Input.SuccessorListed(ask.next().id(), listed);
  }

  Input.Surveyed survey(Effect.TakeSurvey about) {
    ChainBackend chain = ports.chain();
    Outpoint outpoint = about.outpoint();
    ChainBackend.Tip tip = chain.tip();
    Optional<Known> known = chain.transaction(outpoint.txid());
    Optional<TxOutput> prevout =
        known
            .map(Known::transaction)
            .filter(transaction -> outpoint.vout() < transaction.outputs().size())
            .map(transaction -> transaction.outputs().get(outpoint.vout()));
    Survey survey =
        new Survey(
            prevout.map(TxOutput::script).orElse(Bytes.EMPTY),
            prevout.map(TxOutput::value).orElse(0L),
            known.map(Known::depth).orElse(0),
            known.isPresent() && chain.spender(outpoint).isEmpty(),
            tip.medianTime(),
            member.signer().halted(),
            member.controller().documents(about.cohort(), about.round(), tip.medianTime()));
    return new Input.Surveyed(about.about(), survey);
  }

  /** At most once (N6): a number that was opened before is gone, never opened again. */
  Input open(Effect.NewNonce effect) {
    try {
      return new Input.NonceOpened(
          effect.roundId(),
          member.signer().open(effect.roundId(), effect.number(), context(effect.cohort())));
    } catch (RuntimeException refused) {
      return new Input.NonceGone(effect.roundId(), effect.number(), why(refused));
    }
  }

  /** At most once (N6): the claim is a fact already; the signer refuses a second transcript. */
  Input sign(Effect.Sign effect) {
    try {
      Bytes partial =
          member
              .signer()
              .sign(effect.roundId(), effect.number(), effect.transcript(), effect.session());
      NonceOffer next =
          member.signer().open(effect.roundId(), effect.number() + 1, context(effect.cohort()));
      return new Input.PartialMade(effect.transcript(), partial, next);
    } catch (RuntimeException refused) {
      return new Input.NonceGone(effect.roundId(), effect.number(), why(refused));
    }
  }

  /** No nonce is in it, so what fails for a while is asked again; the claim is a fact already. */
  Input signLeaf(Effect.SignLeaf effect) {
    try {
      return new Input.LeafSignatureMade(
          effect.context(),
          member.signer().signLeaf(effect.outpoint(), effect.context(), effect.sighash()));
    } catch (RuntimeException refused) {
      if (refused instanceof PortFailure failure && failure.temporary()) {
        throw failure;
      }
      return new Input.LeafNotSigned(effect.context(), why(refused));
    }
  }

  void halt() {
    member.signer().halt();
  }

  void destroy(Bytes roundId) {
    member.signer().destroyRound(roundId);
  }

  private static KeyAggContext context(org.beaconcohort.cohort.model.Cohort cohort) {
    return cohort.output().signingContext();
  }

  private static String why(RuntimeException refused) {
    return refused.getClass().getSimpleName() + ": " + refused.getMessage();
  }
}
