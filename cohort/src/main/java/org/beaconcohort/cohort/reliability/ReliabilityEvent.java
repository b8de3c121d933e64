package org.beaconcohort.cohort.reliability;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** One thing to remember of members. */
public sealed interface ReliabilityEvent {
  /** A round ended. The same round of the same cohort counts once. */
  record Attended(Attendance attendance) implements ReliabilityEvent {}

  /**
   * Enrolment closed, and these DIDs had been taken last in it: their parking is over (R17).
   *
   * @param announcement id of the cohort's announcement, 32 bytes
   */
  record Waited(Bytes announcement, List<String> dids) implements ReliabilityEvent {
    /** Copies the list. */
    public Waited {
      dids = List.copyOf(dids);
    }
  }

  /** Somebody was proved to break the rules: its DIDs are banned. */
  record Convicted(ProvenFault fault) implements ReliabilityEvent {}

  /** An operator wants a DID to be as if it had never been seen. */
  record Forgotten(String did) implements ReliabilityEvent {}
}
