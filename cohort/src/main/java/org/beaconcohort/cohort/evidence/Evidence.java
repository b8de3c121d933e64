package org.beaconcohort.cohort.evidence;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.InvalidKeySetException;
import org.beaconcohort.cohort.bitcoin.InvalidSpendException;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;

/**
 * Signed statements that prove a fault of their author to anybody who has nothing else (R17, R24).
 * There is none for silence, lateness or a lost nonce: those park a member for one attempt.
 *
 * <p>A welcome is never part of it: its text spells the channel key.
 */
public sealed interface Evidence
    permits Equivocation, BadPartialSignature, ForgedProposal, KeysetFork {
  /** The fault. */
  Code code();

  /** Whom it convicts once it is verified: an x-only key, 32 bytes. */
  Bytes convicts();

  /** All statements in the order of the file, each once. */
  List<SignedStatement> statements();

  /**
   * Recomputes everything from the statements' texts and nothing else.
   *
   * @param reader checks id and signature of each
   * @throws UnprovenException if they prove nothing
   */
  default Conviction verify(StatementReader reader) {
    try {
      for (SignedStatement said : statements()) {
        UnprovenException.unless(
            said.body().kind() != StatementKind.WELCOME,
            "a welcome must be in no evidence: it would give the channel key away");
        UnprovenException.unless(
            reader.read(said.event()).equals(said), said + " must be what its event says");
      }
      String fault =
          switch (this) {
            case Equivocation equivocation -> equivocation.fault();
            case BadPartialSignature bad -> bad.fault(reader);
            case ForgedProposal forged -> forged.fault(reader);
            case KeysetFork fork -> fork.fault(reader);
          };
      return new Conviction(convicts(), code(), fault);
    } catch (MalformedStatementException
        | InvalidKeySetException
        | InvalidSpendException
        | InvalidContributionException impossible) {
      throw new UnprovenException(
          "every statement must be one to compute with: " + impossible.getMessage(), impossible);
    }
  }
}
