package org.beaconcohort.cohort.view;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records, and classes whose longest constructor takes what their accessors give, with one
 * component changed, however deep it lies.
 */
public final class Changed {
  private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\[(\\d+)])?(?:\\.(.+))?");

  private Changed() {}

  /**
   * {@code original} with another value at {@code path}, such as {@code terms.relays[0]}; elements
   * of a list are counted from 0.
   */
  public static <R> R with(R original, String path, Object value) {
    return with(original, path, before -> value);
  }

  /** {@code original} with what {@code change} makes of the value at {@code path}. */
  @SuppressWarnings("unchecked") // The constructor of R makes an R.
  public static <R> R with(R original, String path, UnaryOperator<Object> change) {
    Matcher step = STEP.matcher(path);
    if (!step.matches()) {
      throw new IllegalArgumentException("path must be names with dots, got " + path);
    }
    Constructor<?> constructor =
        Arrays.stream(original.getClass().getDeclaredConstructors())
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow();
    List<String> names =
        Arrays.stream(constructor.getParameters()).map(Parameter::getName).toList();
    int at = names.indexOf(step.group(1));
    if (at < 0) {
      throw new IllegalArgumentException("component must be one of " + names + ", got " + path);
    }
    try {
      Object[] values = new Object[names.size()];
      for (int i = 0; i < values.length; i++) {
        Method accessor = original.getClass().getDeclaredMethod(names.get(i));
        accessor.setAccessible(true);
        values[i] = accessor.invoke(original);
      }
      Optional<String> rest = Optional.ofNullable(step.group(3));
      UnaryOperator<Object> inner =
          rest.isEmpty() ? change : before -> with(before, rest.get(), change);
      String index = step.group(2);
      values[at] =
          index == null
              ? inner.apply(values[at])
              : element((List<?>) values[at], Integer.parseInt(index), inner);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException("constructor must allow " + path, refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("class must have " + path, impossible);
    }
  }

  private static List<Object> element(List<?> list, int at, UnaryOperator<Object> change) {
    List<Object> changed = new ArrayList<>(list);
    changed.set(at, change.apply(changed.get(at)));
    return changed;
  }
}
