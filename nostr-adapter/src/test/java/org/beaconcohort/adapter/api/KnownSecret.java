package org.beaconcohort.adapter.api;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A secret that the test knows.
 *
 * @param name what it is
 * @param bytes big-endian, if it is a number
 */
record KnownSecret(String name, Bytes bytes) {
  /** How a secret may lie on the heap; a dump writes every element big-endian. */
  enum Form {
    /** Bytes as they are, the words of a {@code BigInteger}, arrays of words, highest first. */
    BIG_ENDIAN {
      @Override
      byte[] bytes(byte[] secret) {
        return secret.clone();
      }

      @Override
      Object plant(byte[] secret) {
        return new BigInteger(1, secret);
      }
    },
    /** The same backwards. */
    LITTLE_ENDIAN {
      @Override
      byte[] bytes(byte[] secret) {
        return backwards(secret, 1);
      }

      @Override
      Object plant(byte[] secret) {
        return bytes(secret);
      }
    },
    /** Words of 32 bits, lowest first: Bouncy Castle's field. */
    INT_WORDS {
      @Override
      byte[] bytes(byte[] secret) {
        return backwards(secret, Integer.BYTES);
      }

      @Override
      Object plant(byte[] secret) {
        int[] words = new int[secret.length / Integer.BYTES];
        ByteBuffer.wrap(bytes(secret)).asIntBuffer().get(words);
        return words;
      }
    },
    /** Words of 64 bits, lowest first. */
    LONG_WORDS {
      @Override
      byte[] bytes(byte[] secret) {
        return backwards(secret, Long.BYTES);
      }

      @Override
      Object plant(byte[] secret) {
        long[] words = new long[secret.length / Long.BYTES];
        ByteBuffer.wrap(bytes(secret)).asLongBuffer().get(words);
        return words;
      }
    },
    /** Hexadecimal digits in a string. */
    HEX_TEXT {
      @Override
      byte[] bytes(byte[] secret) {
        return Bytes.of(secret).hex().getBytes(StandardCharsets.ISO_8859_1);
      }

      @Override
      Object plant(byte[] secret) {
        return Bytes.of(secret).hex();
      }
    },
    /** Hexadecimal digits in an array of characters. */
    HEX_CHARACTERS {
      @Override
      byte[] bytes(byte[] secret) {
        return Bytes.of(secret).hex().getBytes(StandardCharsets.UTF_16BE);
      }

      @Override
      Object plant(byte[] secret) {
        return Bytes.of(secret).hex().toCharArray();
      }
    },
    /** Each byte a character, as a password's lie in an array of characters. */
    CHARACTERS {
      @Override
      byte[] bytes(byte[] secret) {
        byte[] wide = new byte[2 * secret.length];
        for (int i = 0; i < secret.length; i++) {
          wide[2 * i + 1] = secret[i];
        }
        return wide;
      }

      @Override
      Object plant(byte[] secret) {
        return new String(secret, StandardCharsets.ISO_8859_1).toCharArray();
      }
    };

    /** What a dump holds then. */
    abstract byte[] bytes(byte[] secret);

    /** An object that has it so. */
    abstract Object plant(byte[] secret);

    private static byte[] backwards(byte[] secret, int word) {
      byte[] turned = new byte[secret.length - secret.length % word];
      for (int i = 0; i < turned.length; i += word) {
        System.arraycopy(secret, i, turned, turned.length - word - i, word);
      }
      return turned;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
