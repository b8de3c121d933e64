package org.beaconcohort.cohort.evidence;

import java.util.List;
import java.util.OptionalInt;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A partial signature over a T that recomputes, and that BIP-327's PartialSigVerify refuses. T
 * fixes all that is signed and every nonce, so that nobody can show its author another session than
 * the one it answered.
 *
 * @param attempt that T is the transcript of
 * @param partial the statement
 */
public record BadPartialSignature(AttemptStatements attempt, SignedStatement partial)
    implements Evidence {
  @Override
  public Code code() {
    return Code.BAD_PARTIAL_SIGNATURE;
  }

  @Override
  public Bytes convicts() {
    return partial.author();
  }

  @Override
  public List<SignedStatement> statements() {
    List<SignedStatement> all = attempt.statements();
    all.add(partial);
    return List.copyOf(all);
  }

  String fault(StatementReader reader) {
    Attempt recomputed = attempt.attempt(attempt.keyset().cohort(reader));
    Proposal proposed = attempt.proposed();
    Bytes transcript = recomputed.transcript();
    UnprovenException.unless(
        proposed.context().equals(recomputed.context()) && proposed.transcript().equals(transcript),
        "A and T of the proposal must recompute");
    AttemptStatements.requireIn(recomputed.round(), partial);
    if (!(partial.body() instanceof PartialSignature signed)) {
      throw new UnprovenException("a partial signature is needed, got " + partial.body().kind());
    }
    UnprovenException.unless(
        signed.transcript().equals(transcript),
        "the partial signature must be over T " + transcript + ", got " + signed.transcript());
    OptionalInt slot = recomputed.round().cohort().slotOf(partial.author());
    UnprovenException.unless(slot.isPresent(), "the partial signature must be by a member");
    boolean good =
        org.beaconcohort.musig2.protocol.PartialSignature.verify(
            recomputed.session(),
            slot.getAsInt(),
            signed.signature(),
            recomputed.publicNonces().get(slot.getAsInt()));
    UnprovenException.unless(!good, "the partial signature must be wrong, it verifies");
    return "partial signature "
        + partial.id()
        + " of slot "
        + slot.getAsInt()
        + " must verify over T "
        + transcript
        + ", it does not";
  }
}
