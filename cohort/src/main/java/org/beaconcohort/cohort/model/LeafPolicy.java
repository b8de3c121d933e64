package org.beaconcohort.cohort.model;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Who may join, and leaf A with k below n (N9). Whoever holds k seats of such a cohort can anchor
 * anything at its address, and so invalidate every other member's DID for ever: nobody joins it
 * without saying so, and nobody who is not invited. A cohort without that leaf may invite, too.
 *
 * @param explicit k, 0 for max(n − 1, ⌊n/2⌋ + 1) or without such a leaf
 * @param invited indexes (SHA-256 of its text, 32 bytes) of the DIDs that may be registered; empty
 *     for all
 */
public record LeafPolicy(int explicit, List<Bytes> invited) {
  /** Most DIDs that an announcement can invite. */
  public static final int MOST_INVITED = 400;

  /** No leaf A, or one that needs all members; anybody may join. */
  public static final LeafPolicy NONE = new LeafPolicy(0, List.of());

  private static final int FEWEST_MEMBERS = 3;

  /** Copies the list. */
  public LeafPolicy {
    invited = List.copyOf(invited);
    if (explicit < 0 || explicit > CohortTerms.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "k of leaf A must be 0.." + CohortTerms.MAX_MEMBERS + ", got " + explicit);
    }
    for (Bytes index : invited) {
      if (index.size() != 32) {
        throw new IllegalArgumentException(
            "index of an invited DID must be 32 bytes, got " + index.size());
      }
    }
  }

  /** Whether a DID may be registered: anybody's, unless some are invited. */
  public boolean admits(String did) {
    return invited.isEmpty() || invited.contains(Registration.indexOf(did));
  }

  /** k for {@code members} members. */
  int threshold(int members) {
    return explicit != 0 ? explicit : Math.max(members - 1, members / 2 + 1);
  }

  /** Checks that k suits every size that the cohort may get, and that recruitment is closed. */
  void check(int minMembers, int maxMembers) {
    if (minMembers < FEWEST_MEMBERS) {
      throw new IllegalArgumentException(
          "minMembers must be at least "
              + FEWEST_MEMBERS
              + " with k of leaf A below n, got "
              + minMembers);
    }
    if (explicit != 0 && (2 * explicit <= maxMembers || explicit > minMembers)) {
      throw new IllegalArgumentException(
          "k of leaf A must be above half of maxMembers "
              + maxMembers
              + " and at most minMembers "
              + minMembers
              + ", got "
              + explicit);
    }
    if (invited.isEmpty()) {
      throw new IllegalArgumentException(
          "invited DIDs must be there with k of leaf A below n, where nobody else may join, got"
              + " none");
    }
    checkInvited(minMembers);
  }

  /** Checks that enough are invited for the smallest cohort, if not everybody is. */
  void checkInvited(int minMembers) {
    if (!invited.isEmpty() && (invited.size() < minMembers || invited.size() > MOST_INVITED)) {
      throw new IllegalArgumentException(
          "invited DIDs must be " + minMembers + ".." + MOST_INVITED + ", got " + invited.size());
    }
  }
}
