package org.beaconcohort.cohort.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** JSON, its canonical form, base64url and UTF-8 under mutation. */
final class JsonFuzzTest {
  private static final JsonLimits LIMITS = new JsonLimits(40_000, 32);
  private static final List<String> SEEDS =
      List.of(
          "{\"id\":\"did:x\",\"service\":[{\"id\":\"#a\",\"n\":1},{\"id\":\"#b\",\"n\":-2.5e-7}]}",
          "[[],{},\"\",null,true,false,0,-1,1.5,1e10,9007199254740991,0.000001,1e-7]",
          "{\"\":\"\\u0000\\n\\\"\\\\\",\"é\":\"€😀\",\"\\u20ac\":[\"a\\/b\"],\"k\":{\"k\":{\"k\":[]}}}");

  @Test
  void aTextIsStrictJsonOrRefused() {
    Fuzz.ofJson("StrictJson.parse", SEEDS)
        .refusing(MalformedJsonException.class)
        .upTo(50_000)
        .run(text -> {
          JsonNode node = StrictJson.parse(text, LIMITS);
          assertEquals(node, StrictJson.parse(StrictJson.write(node), LIMITS));
        });
  }

  @Test
  void bytesAreStrictJsonOrRefused() {
    Fuzz.ofBytes("StrictJson.parse of bytes", SEEDS.stream().map(Utf8::encode).toList())
        .refusing(MalformedJsonException.class)
        .upTo(50_000)
        .run(bytes -> StrictJson.parse(bytes, LIMITS));
  }

  @Test
  void strictJsonHasOneCanonicalText() {
    Fuzz.ofJson("Jcs.canonicalText", SEEDS)
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          JsonNode node = StrictJson.parse(text, LIMITS);
          String canonical = Jcs.canonicalText(node);
          JsonNode again = StrictJson.parse(canonical, JsonLimits.DOCUMENT);
          assertEquals(node, again);
          assertEquals(canonical, Jcs.canonicalText(again));
        });
  }

  @Test
  void aTextIsTheOneBase64UrlOfItsBytesOrRefused() {
    Fuzz.ofText("Base64Url.decode", List.of("", "AA", "-_-_", "AAECAwQFBgcICQoLDA0ODw"))
        .refusing(MalformedJsonException.class)
        .run(text -> assertEquals(text, Base64Url.encode(Base64Url.decode(text))));
  }

  @Test
  void aTextIsTheHashOfThirtyTwoBytesOrRefused() {
    String hash = Base64Url.encode(Bytes.ofHex("5a".repeat(32)));
    Fuzz.ofText("Base64Url.decodeHash", List.of(hash))
        .refusing(MalformedJsonException.class)
        .run(text -> assertEquals(32, Base64Url.decodeHash(text, "hash").size()));
  }

  @Test
  void bytesAreUtf8OrRefused() {
    Fuzz.ofBytes("Utf8.decode", SEEDS.stream().map(Utf8::encode).toList())
        .refusing(MalformedJsonException.class)
        .run(bytes -> assertEquals(bytes, Utf8.encode(Utf8.decode(bytes))));
  }

  @Test
  void aTextHasUtf8OrIsRefused() {
    Fuzz.ofText("Utf8.encode", SEEDS)
        .refusing(MalformedJsonException.class)
        .run(text -> assertEquals(text, Utf8.decode(Utf8.encode(text))));
  }
}
