package org.beaconcohort.cohort.model;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What was wrong with an input that was refused. Refusing changes no state and harms nobody but the
 * author (R23).
 */
public sealed interface Violation {
  /** The stable code of this violation. */
  Code code();

  /** The thing, the expected and the found value, in that order. */
  String detail();

  /** A check that failed. */
  record Refusal(Code code, String detail) implements Violation {}

  /** The author holds no role in this cohort. */
  record Stranger(Bytes author) implements Violation {
    @Override
    public Code code() {
      return Code.AUTHOR_MISMATCH;
    }

    @Override
    public String detail() {
      return "author must hold a role in this cohort, got " + author;
    }
  }

  /** Two different statements under one (instance, seq): both ids prove it (R24). */
  record Equivocation(Bytes author, Bytes firstId, Bytes secondId) implements Violation {
    @Override
    public Code code() {
      return Code.EQUIVOCATION;
    }

    @Override
    public String detail() {
      return "author "
          + author
          + " must say one thing per sequence number, said "
          + firstId
          + " and "
          + secondId;
    }
  }

  /**
   * Two statements that only one process of their author can have made, by two: a key on two
   * machines, or a wiped journal. No proof of bad will (R24).
   */
  record DuplicateInstance(Bytes author, Bytes firstId, Bytes secondId) implements Violation {
    @Override
    public Code code() {
      return Code.DUPLICATE_INSTANCE;
    }

    @Override
    public String detail() {
      return "author "
          + author
          + " must speak in one process at a time, two of them made "
          + firstId
          + " and "
          + secondId
          + "; tell its operator";
    }
  }

  /** A refusal with a formatted detail. */
  static Violation refusal(Code code, String detail) {
    return new Refusal(code, detail);
  }
}
