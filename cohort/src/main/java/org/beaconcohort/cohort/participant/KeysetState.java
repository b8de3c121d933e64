package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A member that acknowledged a key set, before its address is funded. More than one may be proposed
 * until one is complete, each with a parent but the first (N11).
 */
public sealed interface KeysetState extends InCohort {
  /** Key sets that this member acknowledged besides the one it stands by, oldest first. */
  List<ProposedKeyset> others();

  @Override
  KeysetState with(Joined joined);

  /** Acknowledged; waits for n acknowledgements of the same proposal. */
  record Acked(Joined joined, List<ProposedKeyset> others, Instant until) implements KeysetState {
    /** Copies the list. */
    public Acked {
      others = List.copyOf(others);
    }

    @Override
    public KeysetState with(Joined other) {
      return new Acked(other, others, until);
    }
  }

  /**
   * Acknowledgements are missing. Those who are missing were sent what this member has; a smaller
   * key set may come, or an acknowledgement after all.
   */
  record AwaitingSmaller(Joined joined, List<ProposedKeyset> others, Instant until)
      implements KeysetState {
    /** Copies the list. */
    public AwaitingSmaller {
      others = List.copyOf(others);
    }

    @Override
    public KeysetState with(Joined other) {
      return new AwaitingSmaller(other, others, until);
    }
  }

  /**
   * Holds the channel key of a later proposal and collects it. Should the key set it stands by
   * become complete meanwhile, it stays with that (N11).
   *
   * @param welcome of the later proposal
   */
  record Reverifying(
      Joined joined, List<ProposedKeyset> others, SignedStatement welcome, Instant until)
      implements KeysetState {
    /** Copies the list. */
    public Reverifying {
      others = List.copyOf(others);
    }

    @Override
    public KeysetState with(Joined other) {
      return new Reverifying(other, others, welcome, until);
    }
  }

  /**
   * Waits for own chain source to show a funded address. A complete key set is final; should two be
   * complete, whichever is funded is the cohort's.
   *
   * @param alsoFinal proposals of {@link #others} that are complete as well, 32 bytes each
   */
  record AwaitingFunding(
      Joined joined, List<ProposedKeyset> others, List<Bytes> alsoFinal, Instant until)
      implements KeysetState {
    /** Copies the lists. */
    public AwaitingFunding {
      others = List.copyOf(others);
      alsoFinal = List.copyOf(alsoFinal);
    }

    @Override
    public KeysetState with(Joined other) {
      return new AwaitingFunding(other, others, alsoFinal, until);
    }

    AwaitingFunding watching(Bytes proposalId) {
      List<Bytes> more = new ArrayList<>(alsoFinal);
      more.add(proposalId);
      return new AwaitingFunding(joined, others, more, until);
    }

    /** The other of these key sets is the cohort's. */
    AwaitingFunding funded(Bytes proposalId) {
      return of(this, proposalId, until);
    }
  }

  /** The key set of {@code proposalId}, one of the others, is the one that it stands by. */
  static AwaitingFunding of(KeysetState state, Bytes proposalId, Instant until) {
    ProposedKeyset chosen =
        state.others().stream()
            .filter(each -> each.proposalId().equals(proposalId))
            .findFirst()
            .orElseThrow();
    List<ProposedKeyset> rest = new ArrayList<>(state.others());
    rest.remove(chosen);
    rest.add(state.joined().keyset());
    return new AwaitingFunding(state.joined().withKeyset(chosen), rest, List.of(), until);
  }
}
