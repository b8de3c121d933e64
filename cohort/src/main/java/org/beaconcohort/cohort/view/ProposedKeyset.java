package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A key set that was proposed, and where its members speak (N11, N13). A cohort may see several
 * before one of them has n acknowledgements.
 *
 * @param proposalId id of the key-set proposal, 32 bytes
 */
public record ProposedKeyset(Cohort cohort, ChannelKey channel, Bytes proposalId) {
  /** Whether every member's acknowledgement is among what was said: then it is final. */
  public boolean isComplete(StatementSet said) {
    return said.of(StatementKind.KEYSET_ACK).size() >= cohort.size()
        && KeysetView.acknowledged(cohort, said, proposalId).size() == cohort.size();
  }

  /** The members whose acknowledgement is missing, in key order. */
  public List<Member> missing(StatementSet said) {
    var there = KeysetView.acknowledged(cohort, said, proposalId);
    List<Member> missing = new ArrayList<>();
    for (int slot = 0; slot < cohort.size(); slot++) {
      if (!there.contains(slot)) {
        missing.add(cohort.members().get(slot));
      }
    }
    return missing;
  }
}
