package org.beaconcohort.musig2.engine;

import org.beaconcohort.musig2.bytes.Bytes;

/** A point of secp256k1, or the point at infinity. Immutable; made and combined by an engine. */
public interface CurvePoint {
  /** Whether this is the point at infinity, the neutral element. */
  boolean isInfinity();

  /** Whether the y coordinate is even; refuses infinity. */
  boolean hasEvenY();

  /** 33 bytes: 02 or 03 and the x coordinate; 33 zero bytes for infinity (BIP-327 cbytes_ext). */
  Bytes compressed();

  /** The 32-byte x coordinate; refuses infinity. */
  Bytes xOnly();
}
