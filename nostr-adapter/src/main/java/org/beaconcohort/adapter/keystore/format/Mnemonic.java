package org.beaconcohort.adapter.keystore.format;

import fr.acinq.bitcoin.MnemonicCode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.hash.Sha256;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.Strings;

/**
 * BIP-39 with the English list: 12, 15, 18, 21 or 24 words become a seed of 64 bytes. The list
 * comes from bitcoin-kmp; its own functions take strings, which cannot be overwritten.
 */
final class Mnemonic {
  static final int SEED = 64;

  private static final List<String> WORDS = MnemonicCode.INSTANCE.getEnglishWordlist();
  private static final int ROUNDS = 2048;
  private static final int BITS = 11;
  private static final String NEXT =
      "give the words in their order, in lower case, separated by single spaces";

  private Mnemonic() {}

  /**
   * The seed; the caller overwrites it.
   *
   * @param passphrase empty if there is none; it cannot be wrong, another one is another wallet
   * @throws MalformedKeyException if a word is not in the list, or the checksum is not theirs
   */
  static byte[] seed(SecretText words, SecretText passphrase) {
    checkWords(words);
    byte[] password = words.utf8(Normalizer.Form.NFKD);
    byte[] phrase = passphrase.utf8(Normalizer.Form.NFKD);
    byte[] prefix = Strings.toByteArray("mnemonic");
    byte[] salt = Arrays.copyOf(prefix, prefix.length + phrase.length);
    System.arraycopy(phrase, 0, salt, prefix.length, phrase.length);
    try {
      PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
      pbkdf2.init(password, salt, ROUNDS);
      return ((KeyParameter) pbkdf2.generateDerivedMacParameters(8 * SEED)).getKey();
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(phrase, (byte) 0);
      Arrays.fill(salt, (byte) 0);
    }
  }

  private static void checkWords(SecretText words) {
    List<Integer> numbers = numbers(words);
    int count = numbers.size();
    if (count < 12 || count > 24 || count % 3 != 0) {
      throw new MalformedKeyException(
          "mnemonic must be of 12, 15, 18, 21 or 24 words, got " + count, NEXT);
    }
    int checkBits = count * BITS / 33;
    byte[] entropy = new byte[(count * BITS - checkBits) / 8];
    int check = 0;
    int at = 0;
    for (int number : numbers) {
      for (int bit = BITS - 1; bit >= 0; bit--) {
        int value = number >> bit & 1;
        if (at < 8 * entropy.length) {
          entropy[at / 8] |= (byte) (value << (7 - at % 8));
        } else {
          check = check << 1 | value;
        }
        at++;
      }
    }
    byte[] hash = Sha256.plain().add(entropy).finish();
    Arrays.fill(entropy, (byte) 0);
    Collections.fill(numbers, 0);
    if ((hash[0] & 0xff) >> (8 - checkBits) != check) {
      throw new MalformedKeyException(
          "mnemonic must have the checksum of its words, it has not: a word is wrong or moved",
          NEXT);
    }
  }

  private static List<Integer> numbers(SecretText words) {
    List<Integer> numbers = new ArrayList<>(24);
    int from = 0;
    for (int i = 0; i <= words.length(); i++) {
      if (i == words.length() || words.at(i) == ' ') {
        int number = number(words, from, i);
        if (number < 0) {
          throw new MalformedKeyException(
              "mnemonic must be of words of the English list, word "
                  + (numbers.size() + 1)
                  + " is none of them",
              NEXT);
        }
        numbers.add(number);
        from = i + 1;
      }
    }
    return numbers;
  }

  /** The place in the list, which is sorted; -1 if it is not there. */
  private static int number(SecretText words, int from, int to) {
    int low = 0;
    int high = WORDS.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(WORDS.get(middle), words, from, to);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static int compare(String word, SecretText words, int from, int to) {
    for (int i = 0; i < Math.min(word.length(), to - from); i++) {
      int order = Character.compare(word.charAt(i), words.at(from + i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(word.length(), to - from);
  }
}
