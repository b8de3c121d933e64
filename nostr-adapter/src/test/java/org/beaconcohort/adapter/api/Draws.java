package org.beaconcohort.adapter.api;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.beaconcohort.musig2.hash.Sha256;

/** Randomness of one party that somebody else can compute too: draw by draw, each of a hash. */
final class Draws extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient byte[] name;
  private transient int count;

  Draws(String name) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
  }

  /** The 32 bytes that a draw begins with. */
  static byte[] draw(String name, int number) {
    return block(name.getBytes(StandardCharsets.UTF_8), number, 0);
  }

  private static byte[] block(byte[] name, int number, int part) {
    byte[] place = {
      (byte) (number >> 16), (byte) (number >> 8), (byte) number, (byte) (part >> 8), (byte) part
    };
    return Sha256.tagged("test/draws").add(name.clone()).add(place).finish();
  }

  /** How often something was drawn. */
  synchronized int count() {
    return count;
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    int number = count;
    count++;
    for (int part = 0; 32 * part < bytes.length; part++) {
      byte[] block = block(name, number, part);
      System.arraycopy(block, 0, bytes, 32 * part, Math.min(32, bytes.length - 32 * part));
      Arrays.fill(block, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Draws";
  }
}
