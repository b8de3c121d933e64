package org.beaconcohort.cohort.port;

import org.beaconcohort.cohort.message.SignedStatement;

/** Reads the complete events that a {@link Notary} makes and a {@link Transport} hands over. */
@FunctionalInterface
public interface StatementReader {
  /**
   * The statement whose {@link SignedStatement#event} is {@code event}, id and signature verified.
   *
   * @throws org.beaconcohort.cohort.message.MalformedStatementException if it is none
   */
  SignedStatement read(String event);
}
