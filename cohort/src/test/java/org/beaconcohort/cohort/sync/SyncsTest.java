package org.beaconcohort.cohort.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class SyncsTest {
  private static Bytes number(int size, int value) {
    return Bytes.of(ByteBuffer.allocate(size).putInt(value).array());
  }

  private static SignedStatement said(int process, long seq, int id) {
    Header header =
        new Header(number(32, 1), Bytes.EMPTY, number(16, process), seq, Bytes.EMPTY, 0);
    return new SignedStatement(
        number(32, id), number(32, 2), Instant.EPOCH, "", header, new RoundRequest(1));
  }

  /**
   * Whoever has many processes and leaves gaps must not keep others from saying what they heard.
   */
  @Test
  void aSyncFitsHoweverManyProcessesAndGapsItsAuthorHasHeard() {
    StatementSet heard = StatementSet.EMPTY;
    int id = 0;
    for (int process = 0; process <= Sync.MOST; process++) {
      for (int seq = 0; seq < 6; seq += 2) {
        heard = heard.with(said(process, seq, id++));
      }
    }

    Sync sync = Syncs.of(heard);

    assertEquals(Sync.MOST, sync.seen().size());
    assertEquals(Syncs.MOST_IDS, sync.seen().stream().mapToInt(each -> each.beyond().size()).sum());
    assertTrue(StatementCodec.fits(sync));
  }
}
