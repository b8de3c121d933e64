package org.beaconcohort.cohort.runtime;

import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.musig2.bytes.Bytes;

/** Numbers and chains one process instance's statements (R10, R24). */
final class Author {
  private final Notary notary;
  private final Bytes instance;
  private long next;
  private Bytes previous = Bytes.EMPTY;

  Author(Notary notary, Bytes instance) {
    this.notary = notary;
    this.instance = instance;
  }

  SignedStatement say(Effect.Say say) {
    Header header =
        new Header(say.cohortId(), say.roundId(), instance, next, previous, say.epoch());
    SignedStatement signed = notary.sign(header, say.body());
    next++;
    previous = signed.id();
    return signed;
  }

  /**
   * Checks that an own statement that is sent again is this process's or one of another instance.
   *
   * @throws IllegalStateException if an earlier process said it under this instance id: its numbers
   *     would be used twice, which looks like equivocation
   */
  void checkOwn(SignedStatement sent) {
    Header header = sent.header();
    if (sent.author().equals(notary.statementKey())
        && header.instance().equals(instance)
        && header.seq() >= next) {
      throw new IllegalStateException(
          "instance id "
              + instance
              + " must be new with every process, an earlier one made statement "
              + sent.id()
              + " under it; draw another (R10)");
    }
  }
}
