package org.beaconcohort.cohort.journal;

/**
 * Facts of one machine as records and back. {@code decode(encode(fact))} equals {@code fact}, and
 * no two records of the newest version decode to one fact.
 *
 * @param <F> facts of the machine
 */
public interface RecordCodec<F> {
  /**
   * The record of {@code fact}.
   *
   * @throws MalformedRecordException if no record can hold it: a payload beyond {@link
   *     JournalRecord#MAX_SIZE}, a negative number, an id of another length; no machine makes such
   *     a fact
   */
  JournalRecord encode(F fact);

  /**
   * The fact of {@code record}.
   *
   * @throws UnreadableRecordException if there is none, and never another exception
   */
  F decode(JournalRecord record);
}
