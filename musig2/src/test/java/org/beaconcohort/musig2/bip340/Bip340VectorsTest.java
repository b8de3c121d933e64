package org.beaconcohort.musig2.bip340;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.vectors.VectorFile;
import org.junit.jupiter.api.Test;

final class Bip340VectorsTest {
  private static final String FILE = "test-vectors.csv";

  @Test
  void everyRowVerifiesAsListed() {
    List<String> rows = rows();
    for (String row : rows) {
      String[] field = row.split(",", -1);
      boolean valid =
          Schnorr.verify(Bytes.ofHex(field[2]), Bytes.ofHex(field[4]), Bytes.ofHex(field[5]));
      assertEquals(field[6].equals("TRUE"), valid, row);
    }
    VectorFile.report("BIP-340", FILE, rows.size());
    assertEquals(19, rows.size());
  }

  @Test
  void aBatchOfAllRowsNamesThoseThatAreListedAsInvalid() {
    List<String[]> rows = rows().stream().map(row -> row.split(",", -1)).toList();
    List<SchnorrBatch.Signed> signed =
        rows.stream()
            .map(field ->
                new SchnorrBatch.Signed(
                    Bytes.ofHex(field[2]), Bytes.ofHex(field[4]), Bytes.ofHex(field[5])))
            .toList();
    List<Integer> expected =
        IntStream.range(0, rows.size())
            .filter(i -> rows.get(i)[6].equals("FALSE"))
            .boxed()
            .toList();
    assertEquals(expected, SchnorrBatch.invalidTogether(CurveEngines.get(), signed));
    VectorFile.report("BIP-340", FILE + " (batch)", rows.size());
  }

  @Test
  void everyRowWithASecretKeySignsAsListed() {
    int signed = 0;
    for (String row : rows()) {
      String[] field = row.split(",", -1);
      if (field[1].isEmpty()) {
        continue;
      }
      SecretKey key = SecretKey.of(Bytes.ofHex(field[1]).toArray());
      assertEquals(Bytes.ofHex(field[2]), key.xOnlyPublicKey(), row);
      Bytes signature = Schnorr.sign(key, Bytes.ofHex(field[4]), Bytes.ofHex(field[3]));
      assertEquals(Bytes.ofHex(field[5]), signature, row);
      signed++;
    }
    VectorFile.report("BIP-340", FILE + " (signing)", signed);
    assertEquals(8, signed);
  }

  private static List<String> rows() {
    List<String> lines = VectorFile.lines("BIP-340", FILE);
    return lines.subList(1, lines.size()).stream().filter(line -> !line.isBlank()).toList();
  }
}
