package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.protocol.Bip327Vectors.assertError;
import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class Bip327KeyVectorsTest {
  @Test
  void keysSortAsListed() {
    Bip327Vectors file = new Bip327Vectors("key_sort_vectors.json");
    file.once(() -> assertEquals(file.list("sorted_pubkeys"), KeySort.sort(file.list("pubkeys"))));
    file.report(1);
  }

  @Test
  void keysAggregateAsListed() {
    Bip327Vectors file = new Bip327Vectors("key_agg_vectors.json");
    file.forEach(
        "valid_test_cases",
        vector ->
            assertEquals(bytes(vector.get("expected")), file.context(vector).xOnlyAggregateKey()));
    file.forEach("error_test_cases", vector -> assertError(vector, () -> file.context(vector)));
    file.report(9);
  }
}
