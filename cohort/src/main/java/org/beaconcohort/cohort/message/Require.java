package org.beaconcohort.cohort.message;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What fields of statements must be; {@link IllegalArgumentException} with name, wanted and got.
 */
final class Require {
  private Require() {}

  static void present(NonceOffer nonce) {
    if (nonce.equals(NonceOffer.NONE)) {
      throw new IllegalArgumentException("nonce must be there, got none");
    }
  }

  static void require(String name, Bytes value, int size) {
    if (value.size() != size) {
      throw new IllegalArgumentException(name + " must be " + size + " bytes, got " + value.size());
    }
  }

  static void requireOrEmpty(String name, Bytes value, int size) {
    if (value.size() != 0) {
      require(name, value, size);
    }
  }

  static void range(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + ", got " + value);
    }
  }

  static void text(String name, String value, int most) {
    if (value.isEmpty() || value.length() > most || !value.matches("[ -~]*")) {
      throw new IllegalArgumentException(
          name + " must be 1.." + most + " printable ASCII characters, got " + value.length());
    }
  }
}
