package org.beaconcohort.musig2.timing;

import java.math.BigInteger;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.timing.Timing.Operation;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** How secrets must not be computed with, each finding its own way to show them. */
enum Careless {
  /** Skips the additions of bits that are not set, and what is above the highest. */
  DOUBLE_AND_ADD {
    @Override
    Operation on(Secrets secrets) {
      return SecretOperation.each(
          SecretOperation.arrays(secrets),
          secret -> {
            BigInteger number = new BigInteger(1, secret);
            ECPoint sum = G.getCurve().getInfinity();
            for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
              sum = number.testBit(bit) ? sum.twicePlus(G) : sum.twice();
            }
            sum.normalize();
          });
    }
  },
  /** Bouncy Castle's multiplication for public numbers. */
  EC_POINT_MULTIPLY {
    @Override
    Operation on(Secrets secrets) {
      return SecretOperation.each(
          SecretOperation.arrays(secrets),
          secret -> G.multiply(new BigInteger(1, secret)).normalize());
    }
  },
  /** Whose numbers are as long as they have to be. */
  BIG_INTEGER {
    @Override
    Operation on(Secrets secrets) {
      BigInteger factor = Scalar.MINUS_ONE.value().shiftRight(1);
      return SecretOperation.each(
          SecretOperation.arrays(secrets),
          secret -> {
            BigInteger number = new BigInteger(1, secret);
            BigInteger sum = factor;
            for (int i = 0; i < 16; i++) {
              sum = sum.add(number.multiply(factor).mod(Scalar.ORDER));
            }
            sum.toByteArray();
          });
    }
  };

  private static final ECPoint G = CustomNamedCurves.getByName("secp256k1").getG();

  abstract Operation on(Secrets secrets);
}
