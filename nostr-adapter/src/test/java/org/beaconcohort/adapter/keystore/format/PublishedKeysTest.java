package org.beaconcohort.adapter.keystore.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.KeyPath;
import fr.acinq.bitcoin.MnemonicCode;
import java.security.SecureRandom;
import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that BIP-32, BIP-39, BIP-86, NIP-49, the WIF page and the XChaCha draft publish. */
final class PublishedKeysTest {
  private static final String ABANDON = "abandon ".repeat(11) + "about";
  private static final String NIP_49 =
      "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yph"
          + "nm8623nsl8xn9j4jdzz84zm3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";
  private static final String NIP_49_KEY =
      "3501454135014541350145413501453fefb02227e449e57cf4d3a3ce05378683";

  @ParameterizedTest
  @CsvSource({
    "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617, BITCOIN,"
        + " 0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d",
    "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn, BITCOIN,"
        + " 0000000000000000000000000000000000000000000000000000000000000001",
    "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA, REGTEST,"
        + " 0000000000000000000000000000000000000000000000000000000000000001"
  })
  void wifIsReadAndWrittenAsPublished(String wif, Network network, String hex) {
    KeyNumber key = Wif.decode(text(wif), network);
    assertEquals(hex, said(HexKey.encode(key)));
    assertEquals(wif, said(Wif.encode(HexKey.decode(text(hex)), network)));
  }

  @Test
  void theNcryptsecOfNip49OpensWithItsPassword() {
    KeyNumber key = Ncryptsec.decode(NIP_49, text("nostr"));
    assertEquals(NIP_49_KEY, said(HexKey.encode(key)));
    String ours = Ncryptsec.encode(key, text("nostr"), 4, new SecureRandom());
    assertEquals(NIP_49_KEY, said(HexKey.encode(Ncryptsec.decode(ours, text("nostr")))));
    assertThrows(MalformedKeyException.class, () -> Ncryptsec.decode(ours, text("Nostr")));
  }

  @Test
  void passwordsAreNormalisedAsNip49Shows() {
    SecretText password = SecretText.ofUtf8(Bytes.ofHex("e284abe284a6e1ba9bcca3").toArray());
    assertEquals("c385cea9e1b9a9", hex(password.utf8(java.text.Normalizer.Form.NFKC)));
    KeyNumber key = HexKey.decode(text(NIP_49_KEY));
    String sealed = Ncryptsec.encode(key, password, 2, new SecureRandom());
    SecretText normal = SecretText.ofUtf8(Bytes.ofHex("c385cea9e1b9a9").toArray());
    assertEquals(key.publicKey(), Ncryptsec.decode(sealed, normal).publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "m/86'/0'/0'/0/0, cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115,"
        + " bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr,"
        + " xprvA449goEeU9okwCzzZaxiy475EQGQzBkc65su82nXEvcwzfSskb2hAt2WymrjyRL6kpbVTGL3cKtp9herYX"
        + "SjjQ1j4stsXXiRF7kXkCacK3T",
    "m/86'/0'/0'/0/1, 83dfe85a3151d2517290da461fe2815591ef69f2b18a2ce63f01697a8b313145,"
        + " bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh,"
        + " xprvA449goEeU9okyiF1LmKiDaTgeXvmh87DVyRd35VPbsSop8n8uALpbtrUhUXByPFKK7C2yuqrB1FrhiDkEM"
        + "C4RGmA5KTwsE1aB5jRu9zHsuQ",
    "m/86'/0'/0'/1/0, 399f1b2f4393f29a18c937859c5dd8a77350103157eb880f02e8c08214277cef,"
        + " bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7,"
        + " xprvA3Ln3Gt3aphvUgzgEDT8vE2cYqb4PjFfpmbiFKphxLg1FjXQpkAk5M1ZKDY15bmCAHA35jTiawbFuwGtbD"
        + "ZogKF1WfjwxML4gK7WfYW5JRP"
  })
  void mnemonicAndPathGiveTheKeysOfBip86(
      String path, String internalKey, String address, String xprv) {
    KeyNumber key =
        MnemonicKey.derive(
            text(ABANDON),
            text(""),
            org.beaconcohort.adapter.keystore.format.KeyPath.parse(path, Network.BITCOIN));
    SecretKey derived = key.key();
    assertEquals(internalKey, derived.xOnlyPublicKey().hex());
    Bytes output = derived.tweakedForTaproot(java.util.Optional.empty()).xOnlyPublicKey();
    assertEquals(address, SegwitAddress.p2tr(Network.BITCOIN, output).toString());
    assertEquals(privateKey(xprv), said(HexKey.encode(key)));
  }

  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f, '',"
        + " xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejM"
        + "RNNU3TGtRBeJgk33yuGBxrMPHi",
    "000102030405060708090a0b0c0d0e0f, 2147483648,"
        + " xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT1"
        + "1eZG7XnxHrnYeSvkzY7d2bhkJ7",
    "000102030405060708090a0b0c0d0e0f, 2147483648/1,"
        + " xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmLnvSxqu53Kw1UmYPxLgboyZQaXwTCg8"
        + "MSY3H2EU4pWcQDnRnrVA1xe8fs",
    "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0"
        + "c64d2e8a1e7d1457df2e5a3c51c73235be, 2147483648,"
        + " xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJC"
        + "VVFceUvJFjaPdGZ2y9WACViL4L"
  })
  void stepsGiveTheKeysOfBip32(String seed, String path, String xprv) {
    int[] steps =
        path.isEmpty()
            ? new int[0]
            : Arrays.stream(path.split("/")).mapToInt(step -> (int) Long.parseLong(step)).toArray();
    ExtendedKey master = ExtendedKey.master(Bytes.ofHex(seed).toArray());
    assertEquals(privateKey(xprv), said(HexKey.encode(MnemonicKey.derive(master, steps))));
  }

  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + " c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1"
        + "c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
    "legal winner thank year wave sausage worth useful legal winner thank yellow,"
        + " 2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c809"
        + "37a1c1069be3a3a5bd381ee6260e8d9739fce1f607"
  })
  void wordsGiveTheSeedsOfBip39(String words, String seed) {
    assertEquals(seed, hex(Mnemonic.seed(text(words), text("TREZOR"))));
  }

  @Test
  void anotherImplementationDerivesTheSameKeys() {
    SeededRandom random = new SeededRandom(49);
    for (int i = 0; i < 12; i++) {
      int size = 16 + 4 * (i % 5);
      byte[] entropy = new byte[size];
      random.nextBytes(entropy);
      String words = String.join(" ", MnemonicCode.toMnemonics(entropy));
      var path =
          new org.beaconcohort.adapter.keystore.format.KeyPath(
              i % 2 == 0 ? Network.BITCOIN : Network.SIGNET, i, i % 2, 7 * i);
      byte[] theirs = MnemonicCode.toSeed(words, i % 3 == 0 ? "" : "phrase " + i);
      String expected =
          DeterministicWallet.derivePrivateKey(
                  DeterministicWallet.generate(theirs), new KeyPath(path.toString().substring(2)))
              .getPrivateKey()
              .toHex();
      KeyNumber ours = MnemonicKey.derive(text(words), text(i % 3 == 0 ? "" : "phrase " + i), path);
      assertEquals(expected, said(HexKey.encode(ours)), words + " at " + path);
    }
  }

  @Test
  void theCipherIsThatOfTheXchachaDraft() throws Exception {
    byte[] key = counting(0x00, 32);
    assertEquals(
        "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc",
        hex(
            XChaCha20Poly1305.hChaCha20(
                key, Bytes.ofHex("000000090000004a0000000031415927").toArray())));
    byte[] aad = Bytes.ofHex("50515253c0c1c2c3c4c5c6c7").toArray();
    byte[] text =
        ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] sealed = XChaCha20Poly1305.seal(counting(0x80, 32), counting(0x40, 24), aad, text);
    assertEquals(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4e"
            + "da7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f"
            + "76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
            + "c0875924c1c7987947deafd8780acf49",
        hex(sealed));
    assertEquals(
        hex(text),
        hex(XChaCha20Poly1305.open(counting(0x80, 32), counting(0x40, 24), aad, sealed)));
  }

  private static String privateKey(String xprv) {
    byte[] payload = Base58.decodeChecked(text(xprv), 78, "xprv", "");
    return hex(Arrays.copyOfRange(payload, 46, 78));
  }

  private static byte[] counting(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return Bytes.of(bytes).hex();
  }

  private static SecretText text(String text) {
    return SecretText.of(text.toCharArray());
  }

  private static String said(SecretText text) {
    return new String(text.copy());
  }
}
