package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidPatchTest {
  private static ObjectNode object(String json) {
    return JsonFields.object(StrictJson.parse(json, JsonLimits.DOCUMENT), "object");
  }

  /** Document, operations, result: the cases of RFC 6902 and its appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"/b\",\"value\":2} | {\"a\":1,\"b\":2}",
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"/a\",\"value\":null} | {\"a\":null}",
        "{\"a\":[1,3]} | {\"op\":\"add\",\"path\":\"/a/1\",\"value\":2} | {\"a\":[1,2,3]}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/1\",\"value\":2} | {\"a\":[1,2]}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/-\",\"value\":[2]} | {\"a\":[1,[2]]}",
        "{\"a\":{}} | {\"op\":\"add\",\"path\":\"/a/0\",\"value\":2} | {\"a\":{\"0\":2}}",
        "{\"a\":{}} | {\"op\":\"add\",\"path\":\"/a/-\",\"value\":2} | {\"a\":{\"-\":2}}",
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"/\",\"value\":2} | {\"a\":1,\"\":2}",
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"\",\"value\":{\"b\":2}} | {\"b\":2}",
        "{\"a\":1} | {\"op\":\"replace\",\"path\":\"\",\"value\":{\"b\":2}} | {\"b\":2}",
        "{\"a\":1,\"b\":2} | {\"op\":\"remove\",\"path\":\"/b\"} | {\"a\":1}",
        "{\"a\":[1,2,3]} | {\"op\":\"remove\",\"path\":\"/a/1\"} | {\"a\":[1,3]}",
        "{\"a\":null} | {\"op\":\"remove\",\"path\":\"/a\"} | {}",
        "{\"a\":[1,2]} | {\"op\":\"replace\",\"path\":\"/a/0\",\"value\":7} | {\"a\":[7,2]}",
        "{\"a\":1} | {\"op\":\"replace\",\"path\":\"/a\",\"value\":{}} | {\"a\":{}}",
        "{\"a\":{\"b\":1},\"c\":{}} | {\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c/d\"} |"
            + " {\"a\":{},\"c\":{\"d\":1}}",
        "{\"a\":[1,2,3]} | {\"op\":\"move\",\"from\":\"/a/0\",\"path\":\"/a/2\"} |"
            + " {\"a\":[2,3,1]}",
        "{\"a\":1} | {\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"} | {\"a\":1}",
        "{\"a\":{\"b\":1}} | {\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/a\"} | {\"a\":1}",
        "{\"a\":{\"b\":1}} | {\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\"} |"
            + " {\"a\":{\"b\":1},\"c\":{\"b\":1}}",
        "{\"a\":1} | {\"op\":\"test\",\"path\":\"/a\",\"value\":1.0} | {\"a\":1}",
        "{\"a\":{\"b\":1,\"c\":2}} |"
            + " {\"op\":\"test\",\"path\":\"/a\",\"value\":{\"c\":2,\"b\":1}} |"
            + " {\"a\":{\"b\":1,\"c\":2}}",
        "{\"a/b\":1,\"m~n\":2} | {\"op\":\"remove\",\"path\":\"/a~1b\"} | {\"m~n\":2}",
        "{\"a/b\":1,\"m~n\":2} | {\"op\":\"remove\",\"path\":\"/m~0n\"} | {\"a/b\":1}",
        "{\"~\":1} | {\"op\":\"replace\",\"path\":\"/~0\",\"value\":2} | {\"~\":2}",
        "{\"/~\":1} | {\"op\":\"replace\",\"path\":\"/~1~0\",\"value\":2} | {\"/~\":2}",
        "{\"~/\":1} | {\"op\":\"replace\",\"path\":\"/~0~1\",\"value\":2} | {\"~/\":2}",
        "{\"é 😀\":1} | {\"op\":\"replace\",\"path\":\"/é 😀\",\"value\":2} | {\"é 😀\":2}"
      })
  void appliesWhatTheRfcSays(String document, String operation, String result) {
    ObjectNode before = object(document);
    JsonNode after = DidPatch.apply(TestDids.patch("[" + operation + "]"), before);
    assertEquals(object(result), after);
    assertEquals(object(document), before, "the argument stays as it is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"/b/c\",\"value\":2}",
        "{\"a\":1} | {\"op\":\"add\",\"path\":\"/a/b\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/2\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/01\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/+1\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/-1\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/1e0\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/99999999999\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"add\",\"path\":\"/a/b\",\"value\":2}",
        "{\"a\":[[1]]} | {\"op\":\"add\",\"path\":\"/a/-/0\",\"value\":2}",
        "{\"a\":1} | {\"op\":\"remove\",\"path\":\"/b\"}",
        "{\"a\":[1]} | {\"op\":\"remove\",\"path\":\"/a/1\"}",
        "{\"a\":[1]} | {\"op\":\"remove\",\"path\":\"/a/-\"}",
        "{\"a\":[1]} | {\"op\":\"remove\",\"path\":\"/a/00\"}",
        "{\"a\":1} | {\"op\":\"replace\",\"path\":\"/b\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"replace\",\"path\":\"/a/1\",\"value\":2}",
        "{\"a\":[1]} | {\"op\":\"replace\",\"path\":\"/a/-\",\"value\":2}",
        "{\"a\":1} | {\"op\":\"move\",\"from\":\"/b\",\"path\":\"/c\"}",
        "{\"a\":1} | {\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b/c\"}",
        "{\"a\":1} | {\"op\":\"copy\",\"from\":\"/b\",\"path\":\"/c\"}",
        "{\"a\":[1]} | {\"op\":\"copy\",\"from\":\"/a/-\",\"path\":\"/c\"}",
        "{\"a\":1} | {\"op\":\"test\",\"path\":\"/a\",\"value\":2}",
        "{\"a\":1} | {\"op\":\"test\",\"path\":\"/a\",\"value\":\"1\"}",
        "{\"a\":[1,2]} | {\"op\":\"test\",\"path\":\"/a\",\"value\":[2,1]}",
        "{\"a\":1} | {\"op\":\"test\",\"path\":\"/b\",\"value\":null}"
      })
  void failsWhereTheRfcSays(String document, String operation) {
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class,
            () -> DidPatch.apply(TestDids.patch("[" + operation + "]"), object(document)));
    assertEquals(UpdateRefusal.PATCH_FAILED, refused.refusal(), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]",
        "[7]",
        "[[]]",
        "[{}]",
        "[{\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"add\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/a\"}]",
        "[{\"op\":\"ADD\",\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"append\",\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":7,\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":7,\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/a~\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/a~2\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/b\",\"value\":1,\"from\":\"/a\"}]",
        "[{\"op\":\"add\",\"path\":\"/b\",\"value\":1,\"x\":1}]",
        "[{\"op\":\"add\",\"path\":\"/~01\",\"value\":1}]",
        "[{\"op\":\"remove\",\"path\":\"\"}]",
        "[{\"op\":\"remove\",\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"replace\",\"path\":\"/a\"}]",
        "[{\"op\":\"test\",\"path\":\"/a\"}]",
        "[{\"op\":\"move\",\"path\":\"/b\"}]",
        "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a/b\"}]",
        "[{\"op\":\"move\",\"from\":\"\",\"path\":\"/b\"}]",
        "[{\"op\":\"move\",\"from\":\"a\",\"path\":\"/b\"}]",
        "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\",\"value\":1}]"
      })
  void refusesWhatIsNoPatch(String patch) {
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class,
            () -> DidPatch.apply(TestDids.patch(patch), object("{\"a\":{\"c\":1}}")));
    assertEquals(UpdateRefusal.PATCH_MALFORMED, refused.refusal(), refused.getMessage());
  }

  @Test
  void theFirstFailureFailsAll() {
    ArrayNode patch =
        TestDids.patch(
            "[{\"op\":\"add\",\"path\":\"/b\",\"value\":1},{\"op\":\"test\",\"path\":\"/b\",\"value\":2},"
                + "{\"op\":\"remove\",\"path\":\"/b\"}]");
    assertThrows(UpdateRefusedException.class, () -> DidPatch.apply(patch, object("{\"a\":1}")));
  }

  @Test
  void laterOperationsSeeWhatEarlierOnesDid() {
    ArrayNode patch =
        TestDids.patch(
            "[{\"op\":\"add\",\"path\":\"/b\",\"value\":[]},{\"op\":\"add\",\"path\":\"/b/0\",\"value\":{}},"
                + "{\"op\":\"add\",\"path\":\"/b/0/c\",\"value\":1},{\"op\":\"test\",\"path\":\"/b/0/c\","
                + "\"value\":1},{\"op\":\"remove\",\"path\":\"/a\"}]");
    assertEquals(object("{\"b\":[{\"c\":1}]}"), DidPatch.apply(patch, object("{\"a\":1}")));
  }

  @Test
  void refusesTooManyOperations() {
    ArrayNode patch = StrictJson.newArray();
    for (int i = 0; i <= DidPatch.MAX_OPERATIONS; i++) {
      patch.addObject().put("op", "test").put("path", "/a").put("value", 1);
    }
    assertThrows(UpdateRefusedException.class, () -> DidPatch.apply(patch, object("{\"a\":1}")));
    patch.remove(0);
    assertEquals(object("{\"a\":1}"), DidPatch.apply(patch, object("{\"a\":1}")));
  }

  @Test
  void refusesAPatchThatDoublesTheDocumentAgainAndAgain() {
    ArrayNode patch = StrictJson.newArray();
    for (int i = 0; i < 60; i++) {
      patch.addObject().put("op", "copy").put("from", "").put("path", "/copy" + i);
    }
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class, () -> DidPatch.apply(patch, object("{\"a\":1}")));
    assertEquals(UpdateRefusal.PATCH_MALFORMED, refused.refusal());
  }

  @Test
  void refusesAPatchThatDoublesTheDepthAgainAndAgain() {
    ArrayNode patch = StrictJson.newArray();
    StringBuilder deepest = new StringBuilder("/a");
    for (int i = 0; i < 14; i++) {
      patch.addObject().put("op", "copy").put("from", "/a").put("path", deepest + "/a");
      deepest.append(deepest);
    }
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class, () -> DidPatch.apply(patch, object("{\"a\":{}}")));
    assertEquals(UpdateRefusal.PATCH_MALFORMED, refused.refusal(), refused.getMessage());
  }

  @Test
  void randomPatchesGiveADocumentOrATypedError() {
    String[] pointers = {
      "", "/", "/a", "/a/0", "/a/1", "/a/-", "/b", "/b/c", "/b/0", "/x/y", "/a/0/d"
    };
    String[] ops = {"add", "remove", "replace", "move", "copy", "test"};
    for (long seed = 1; seed <= 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ArrayNode patch = StrictJson.newArray();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        String op = ops[random.nextInt(ops.length)];
        ObjectNode operation = patch.addObject().put("op", op);
        operation.put("path", pointers[random.nextInt(pointers.length)]);
        if (op.equals("move") || op.equals("copy")) {
          operation.put("from", pointers[random.nextInt(pointers.length)]);
        } else if (!op.equals("remove")) {
          operation.set(
              "value", random.nextBoolean() ? object("{\"c\":[1]}") : patch.numberNode(1));
        }
      }
      ObjectNode before = object("{\"a\":[{\"d\":1},2],\"b\":{\"c\":null}}");
      try {
        DidPatch.apply(patch, before);
      } catch (UpdateRefusedException expected) {
        // The other outcome.
      }
      assertEquals(object("{\"a\":[{\"d\":1},2],\"b\":{\"c\":null}}"), before, "seed " + seed);
    }
  }

  /** Found by fuzzing: the check of a pointer recursed once per character. */
  @Test
  void aPointerMayBeAsLongAsADocument() {
    for (String token : List.of("a", "~0", "~1", "/", "a/")) {
      String path = "/" + token.repeat(120_000 / token.length());
      ArrayNode patch = TestDids.patch("[{\"op\":\"remove\",\"path\":\"" + path + "\"}]");
      UpdateRefusedException refused =
          assertThrows(
              UpdateRefusedException.class, () -> DidPatch.apply(patch, StrictJson.newObject()));
      assertEquals(UpdateRefusal.PATCH_FAILED, refused.refusal());
    }
  }
}
