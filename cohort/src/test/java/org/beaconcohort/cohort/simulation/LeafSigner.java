package org.beaconcohort.cohort.simulation;

import java.util.function.Supplier;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/** A vault that is asked whether it signs by leaf A. */
final class LeafSigner extends OtherVault {
  private final Supplier<@Nullable RuntimeException> refusal;

  /** Throws what {@code refusal} gives, if anything. */
  LeafSigner(SecretKey key, long seed, Supplier<@Nullable RuntimeException> refusal) {
    super(key, new SeededRandom(seed));
    this.refusal = refusal;
  }

  @Override
  public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    RuntimeException refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
    return super.signLeaf(outpoint, context, sighash);
  }
}
