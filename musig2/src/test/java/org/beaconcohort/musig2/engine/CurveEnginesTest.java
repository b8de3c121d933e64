package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurveEnginesTest {
  @Test
  void autoTakesTheNativeEngineWhereItLoads() {
    CurveEngine expected = CurveEngines.libsecp256k1().orElseGet(CurveEngines::bouncyCastle);
    assertSame(expected, CurveEngines.choose("auto"));
  }

  @Test
  void anEngineIsChosenByItsName() {
    assertEquals("bouncycastle", CurveEngines.choose("bouncycastle").name());
    assertSame(TestEngines.nativeOrSkip(), CurveEngines.choose("libsecp256k1"));
    assertEquals("libsecp256k1", CurveEngines.choose("libsecp256k1").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AUTO", "bouncy castle", "libsecp256k1 ", "native", "none"})
  void anotherNameIsRefusedAndTheRightOnesAreSaid(String nonsense) {
    CurveEngineUnavailableException refusal =
        assertThrows(CurveEngineUnavailableException.class, () -> CurveEngines.choose(nonsense));
    assertEquals(
        "beacon-cohort.curve-engine must be auto, bouncycastle or libsecp256k1, got " + nonsense,
        refusal.getMessage());
  }

  @Test
  void theProcessHasTheEngineOfItsProperty() {
    String choice = System.getProperty(CurveEngines.PROPERTY, "auto");
    assertSame(CurveEngines.choose(choice), CurveEngines.get());
  }

  @Test
  void whyThereIsNoNativeEngineIsSaidOnlyIfThereIsNone() {
    assertTrue(
        CurveEngines.libsecp256k1().isPresent() != CurveEngines.whyNoLibsecp256k1().isPresent());
  }
}
