package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.junit.jupiter.api.Test;

/** An update is made, and signed, only as large as it can be read again. */
final class UpdateSizeTest {
  private static final String NAME = "size";
  private static final DidDocument SOURCE = DidDocument.initial(TestDids.did(NAME));
  private static final int LIMIT = JsonLimits.DOCUMENT.maxBytes();

  /** A patch of {@code size} bytes on whose way the document never holds more than 100,000. */
  private static ArrayNode patch(int size) {
    String start =
        "[{\"op\":\"add\",\"path\":\"/x\",\"value\":\""
            + "a".repeat(90_000)
            + "\"},{\"op\":\"remove\",\"path\":\"/x\"},{\"op\":\"add\",\"path\":\"/x\",\"value\":\"";
    String end = "\"}]";
    return TestDids.patch(start + "a".repeat(size - start.length() - end.length()) + end);
  }

  private static UnsignedUpdate made(int patchSize) {
    return UnsignedUpdate.make(SOURCE, patch(patchSize), 2);
  }

  private static SignedUpdate signed(UnsignedUpdate update) {
    return SignedUpdate.sign(
        update,
        SOURCE,
        SOURCE.did().url(DidDocument.INITIAL_KEY),
        TestDids.key(NAME),
        TestDids.CREATED,
        TestDids.random());
  }

  @Test
  void anUpdateIsMadeUpToTheLimitAndRefusedBeyond() {
    int beside = StrictJson.write(made(100_000).json()).length() - 100_000;
    UnsignedUpdate largest = made(LIMIT - beside);

    assertEquals(largest, UnsignedUpdate.parse(StrictJson.write(largest.json())));
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, () -> made(LIMIT - beside + 1));
    assertEquals(UpdateRefusal.PATCH_MALFORMED, refused.refusal());
  }

  @Test
  void anUpdateThatItsProofWouldMakeTooLargeIsNotSigned() {
    int besideUnsigned = StrictJson.write(made(100_000).json()).length() - 100_000;
    UnsignedUpdate largest = made(LIMIT - besideUnsigned);
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, () -> signed(largest));
    assertEquals(UpdateRefusal.PATCH_MALFORMED, refused.refusal());

    int proof = StrictJson.write(signed(made(100_000)).json()).length() - 100_000 - besideUnsigned;
    // A Base58 text of 64 bytes is now and then a character shorter.
    SignedUpdate fits = signed(made(LIMIT - besideUnsigned - proof - 2));
    assertEquals(fits, SignedUpdate.parse(StrictJson.write(fits.json())));
    assertTrue(StrictJson.write(fits.json()).length() > LIMIT - 8);
  }
}
