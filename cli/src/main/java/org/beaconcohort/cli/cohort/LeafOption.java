package org.beaconcohort.cli.cohort;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.musig2.bytes.Bytes;
import picocli.CommandLine.Option;

/** Whether some members may sign without the others (leaf A, N9). */
final class LeafOption {
  @Option(
      names = "--invite",
      paramLabel = "DID",
      description = {
        "Only these DIDs may join, and all members but one may sign without the one that is missing"
            + " (leaf A).",
        "Whoever holds that many seats can anchor anything at the cohort's address, and so"
            + " invalidate the others' DIDs for ever: members must agree (participant join"
            + " --min-signers)."
      })
  private List<String> invited = List.of();

  @Option(
      names = "--signers",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "With --invite: how many may sign without the others, above half of --max and at most --min"
              + " (default: all but one).")
  private int signers;

  @Option(
      names = "--no-nonces",
      description =
          "Every member signs alone by a leaf that needs all of them: dearer than signing together,"
              + " but nobody keeps a secret between its visits.")
  private boolean noNonces;

  LeafA leafA() {
    if (!invited.isEmpty()) {
      return LeafA.THRESHOLD;
    }
    return noNonces ? LeafA.ALL_MEMBERS : LeafA.ABSENT;
  }

  ResponseOrder order() {
    return noNonces ? ResponseOrder.NO_NONCES : ResponseOrder.NONCES_FIRST;
  }

  /**
   * Who may join.
   *
   * @throws IllegalArgumentException for a DID that is none, or a k without invitations
   */
  LeafPolicy policy() {
    List<Bytes> indexes = new ArrayList<>();
    for (String did : invited) {
      indexes.add(Registration.indexOf(Btcr2Did.parse(did).text()));
    }
    if (indexes.isEmpty() && signers != 0) {
      throw new IllegalArgumentException("--signers needs --invite, got none");
    }
    return new LeafPolicy(signers, indexes);
  }
}
