package org.beaconcohort.cohort.did.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Base58 and Multikey under mutation. */
final class KeyFuzzTest {
  private static final Bytes KEY =
      Bytes.ofHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  @Test
  void aTextIsBase58OfThatManyBytesOrRefused() {
    Fuzz.ofText("Base58.decode", List.of(Base58.encode(Bytes.of(new byte[33])), Base58.encode(KEY)))
        .refusing(MalformedKeyException.class)
        .run(text -> assertEquals(text, Base58.encode(Base58.decode(text, 33))));
  }

  @Test
  void aTextIsBase58CheckOfThatManyBytesOrRefused() {
    Fuzz.ofText("Base58.decodeCheck", List.of(KeyAddress.p2pkh(Network.REGTEST, KEY)))
        .refusing(MalformedKeyException.class)
        .run(text -> assertEquals(text, Base58.encodeCheck(Base58.decodeCheck(text, 21))));
  }

  @Test
  void aTextIsAMultikeyOrRefused() {
    Fuzz.ofText("Multikey.decode", List.of(Multikey.encode(KEY)))
        .refusing(MalformedKeyException.class)
        .run(text -> assertEquals(text, Multikey.encode(Multikey.decode(text))));
  }

  @Test
  void bytesAreAPublicKeyOrRefused() {
    Fuzz.ofBytes("Multikey.checkKey", List.of(KEY))
        .refusing(MalformedKeyException.class)
        .run(Multikey::checkKey);
  }
}
