package org.beaconcohort.cli.bench.musig2;

import fr.acinq.secp256k1.Secp256k1;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cli.wiring.CurveEngineChoice;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;

/**
 * What is compared.
 *
 * @param ours our engines, each of which does everything
 * @param theirs libsecp256k1, whose own {@code musig_*} calls are the measure; empty without it
 */
record Engines(List<CurveEngine> ours, Optional<Secp256k1> theirs) {
  /** All that this process may use. */
  static Engines here() {
    Optional<CurveEngine> nativeEngine = CurveEngineChoice.libsecp256k1();
    return new Engines(
        Stream.concat(nativeEngine.stream(), Stream.of(CurveEngines.bouncyCastle())).toList(),
        nativeEngine.map(loaded -> Secp256k1.get()));
  }
}
