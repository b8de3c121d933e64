package org.beaconcohort.cohort.reliability;

/** What a round needs of every member, and a silent one does not give. */
public enum Duty {
  /** The acknowledgement of the key set. */
  ACKNOWLEDGEMENT,
  /** The answer to the opportunity. */
  RESPONSE,
  /** The partial signature over the agreed T. */
  PARTIAL_SIGNATURE
}
