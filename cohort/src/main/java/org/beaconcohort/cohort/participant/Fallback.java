package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * How far a member is on leaf A of the present round, beside the state that it is in on the key
 * path: a leaf signature uses no nonce, and the key path may still come to its end with the same
 * txid.
 */
public sealed interface Fallback {
  /** Nothing. */
  static Fallback none() {
    return new Unasked(Instant.MIN, List.of());
  }

  /**
   * When the others' partial signatures are overdue (R18); {@link Instant#MIN} before there are.
   */
  Instant due();

  /** Ids of what asked for leaf A and failed a check. */
  List<Bytes> refused();

  /** Nobody asks for leaf A, or what was asked was refused. */
  record Unasked(Instant due, List<Bytes> refused) implements Fallback {
    /** Copies the list. */
    public Unasked {
      refused = List.copyOf(refused);
    }
  }

  /** A state in which one statement is being looked at and its bundle is stored. */
  sealed interface Weighed extends Fallback {
    /** The statement that asks, 32 bytes. */
    Bytes askId();

    /** Stored with the fact that led here. */
    CasAnnouncement bundle();
  }

  /** Leaf A is asked for; waits until what is said to be missing is overdue by the own clock. */
  record Asked(Bytes askId, CasAnnouncement bundle, Instant due, List<Bytes> refused)
      implements Weighed {
    /** Copies the list. */
    public Asked {
      refused = List.copyOf(refused);
    }
  }

  /** It is overdue; waits for the bundle and k acknowledgements of it (R19). */
  record Due(Bytes askId, CasAnnouncement bundle, Instant due, List<Bytes> refused)
      implements Weighed {
    /** Copies the list. */
    public Due {
      refused = List.copyOf(refused);
    }
  }

  /** Relays are asked for everybody's words, then own sources. */
  record Confirming(Bytes askId, CasAnnouncement bundle, Instant due, List<Bytes> refused)
      implements Weighed {
    /** Copies the list. */
    public Confirming {
      refused = List.copyOf(refused);
    }

    /** Before relays were asked. */
    Due again() {
      return new Due(askId, bundle, due, refused);
    }
  }

  /** The outpoint belongs to this txid (R16); the signature is being made. */
  record FallbackClaimed(Bytes askId, Claim claim, Instant due, List<Bytes> refused)
      implements Fallback {
    /** Copies the list. */
    public FallbackClaimed {
      refused = List.copyOf(refused);
    }
  }

  /**
   * The signer did not sign what is claimed, and nothing of it left: the others may have k without
   * it, or the key path. Another process asks the signer again.
   *
   * @param detail what the signer said
   */
  record FallbackUnsigned(Bytes askId, Claim claim, String detail, Instant due, List<Bytes> refused)
      implements Fallback {
    /** Copies the list. */
    public FallbackUnsigned {
      refused = List.copyOf(refused);
    }
  }

  /** The leaf signature (64 bytes) is a fact; waits for k of them. */
  record FallbackSigned(Bytes askId, Claim claim, Bytes signature, Instant due, List<Bytes> refused)
      implements Fallback {
    /** Copies the list. */
    public FallbackSigned {
      refused = List.copyOf(refused);
    }
  }

  /** The same without what was asked, which failed a check. */
  default Unasked refusing(Bytes askId) {
    List<Bytes> more = new ArrayList<>(refused());
    more.add(askId);
    return new Unasked(due(), more);
  }
}
