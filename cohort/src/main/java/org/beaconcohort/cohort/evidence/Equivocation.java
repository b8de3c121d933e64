package org.beaconcohort.cohort.evidence;

import java.util.List;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Two statements of one author under one (instance, seq) (R24, N20). A machine that was put back to
 * a snapshot of itself while it ran looks so, too.
 *
 * @param first the one with the lesser id; the two are put in that order
 * @param second the other
 */
public record Equivocation(SignedStatement first, SignedStatement second) implements Evidence {
  /** Orders the two. */
  public Equivocation {
    if (first.id().compareTo(second.id()) > 0) {
      SignedStatement lesser = second;
      second = first;
      first = lesser;
    }
  }

  @Override
  public Code code() {
    return Code.EQUIVOCATION;
  }

  @Override
  public Bytes convicts() {
    return first.author();
  }

  @Override
  public List<SignedStatement> statements() {
    return List.of(first, second);
  }

  String fault() {
    Header one = first.header();
    Header other = second.header();
    UnprovenException.unless(
        first.author().equals(second.author()), "both statements must be by one author");
    UnprovenException.unless(
        one.instance().equals(other.instance()) && one.seq() == other.seq(),
        "both statements must have one instance and seq, got "
            + one.instance()
            + " "
            + one.seq()
            + " and "
            + other.instance()
            + " "
            + other.seq());
    UnprovenException.unless(!first.id().equals(second.id()), "the statements must be two");
    return "under number "
        + one.seq()
        + " of process "
        + one.instance()
        + " one thing must be said, got "
        + first.body().kind()
        + " "
        + first.id()
        + " and "
        + second.body().kind()
        + " "
        + second.id();
  }
}
