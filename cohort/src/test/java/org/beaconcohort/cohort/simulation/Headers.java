package org.beaconcohort.cohort.simulation;

import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.musig2.bytes.Bytes;

/** Headers like another's but for one thing. */
final class Headers {
  private Headers() {}

  static Header ofAnotherProcess(SignedStatement said) {
    Header header = said.header();
    return new Header(
        header.cohortId(),
        header.roundId(),
        Bytes.of(new byte[Header.INSTANCE_SIZE]),
        header.seq(),
        header.previous(),
        header.epoch());
  }

  static Header ofAnotherCohort(SignedStatement said) {
    Header header = said.header();
    return new Header(
        Bytes.of(new byte[32]),
        header.roundId(),
        header.instance(),
        header.seq() + 100,
        header.previous(),
        header.epoch());
  }
}
