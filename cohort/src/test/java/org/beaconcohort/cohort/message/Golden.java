package org.beaconcohort.cohort.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;

/** Contents of statements as they go over the wire, and what they are made of. */
final class Golden {
  static final Header FORMATION =
      new Header(fill("c0", 32), Bytes.EMPTY, fill("1a", 16), 0, Bytes.EMPTY, 0);
  static final Header IN_ROUND =
      new Header(fill("c0", 32), fill("50", 32), fill("1a", 16), 5, fill("99", 32), 0);

  private static final Pattern RUN = Pattern.compile("([0-9a-f]{2})\\*(\\d{2})");

  private Golden() {}

  static Bytes fill(String twoDigits, int size) {
    return Bytes.ofHex(twoDigits.repeat(size));
  }

  static NonceOffer nonce(int number) {
    return new NonceOffer(
        number, Bytes.concat(fill("02", 1), fill("a1", 32), fill("03", 1), fill("a2", 32)));
  }

  /** Runs of a repeated byte are written as that byte, asterisk, two digits of count. */
  static void check(Header header, Statement body, String shortened) {
    String content =
        RUN.matcher(shortened)
            .replaceAll(run -> run.group(1).repeat(Integer.parseInt(run.group(2))));
    assertEquals(content, StatementCodec.encode(header, body));
    assertEquals(
        new StatementCodec.Decoded(header, body),
        StatementCodec.decode(body.kind(), content, SimNotary::read));
  }
}
