package org.beaconcohort.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the values and the members are in a text that is JSON, or nearly: a scan that believes
 * brackets and quotes and needs no parser.
 *
 * @param values objects, arrays, strings and scalars, keys excluded
 * @param members from a key's first quote to the end of its value
 */
record JsonSpans(List<Span> values, List<Span> members) {
  /** From the first character to the one behind the last. */
  record Span(int from, int to) {
    String text(CharSequence of) {
      return of.subSequence(from, to).toString();
    }
  }

  /** Beyond so many values a change hits the first ones only, which keeps a case cheap. */
  private static final int MOST = 4_000;

  static JsonSpans of(CharSequence json) {
    List<Span> values = new ArrayList<>();
    List<Span> keys = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    int at = 0;
    while (at < json.length() && values.size() < MOST) {
      char c = json.charAt(at);
      int from = at;
      at++;
      if (c == '{' || c == '[') {
        open.push(from);
      } else if ((c == '}' || c == ']') && !open.isEmpty()) {
        values.add(new Span(open.pop(), at));
      } else if (c == '"') {
        at = endOfString(json, at);
        boolean key = at < json.length() && json.charAt(at) == ':';
        (key ? keys : values).add(new Span(from, at));
      } else if (!isBetween(c)) {
        while (at < json.length() && !isBetween(json.charAt(at))) {
          at++;
        }
        values.add(new Span(from, at));
      }
    }
    return new JsonSpans(values, members(keys, values));
  }

  private static List<Span> members(List<Span> keys, List<Span> values) {
    Map<Integer, Span> byStart = new HashMap<>();
    values.forEach(value -> byStart.put(value.from, value));
    List<Span> members = new ArrayList<>();
    for (Span key : keys) {
      Span value = byStart.get(key.to + 1);
      if (value != null) {
        members.add(new Span(key.from, value.to));
      }
    }
    return members;
  }

  private static int endOfString(CharSequence json, int from) {
    int at = from;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(json.length(), at + 1);
  }

  private static boolean isBetween(char c) {
    return c <= ' ' || c == ',' || c == ':' || c == '"' || c == '{' || c == '}' || c == '['
        || c == ']';
  }
}
