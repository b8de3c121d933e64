package org.beaconcohort.musig2.secrecy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.curve.SharedSecret;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes whose objects hold a secret give it to nobody. */
final class SecretBearersTest {
  /** Every method by which bytes leave a secret-bearing class; what leaves is public. */
  private static final Map<Class<?>, Set<String>> WAYS_OUT =
      Map.of(
          // sum gives nothing of a key away: both numbers are the caller's own, and so is theirs.
          SecretKey.class, Set.of("publicKey", "sum", "xOnlyPublicKey"),
          SecretNonce.class, Set.of("answer"),
          SharedSecret.class, Set.of(),
          SigningSession.class, Set.of("publicNonce", "sign"));

  static Set<Class<?>> bearers() {
    return WAYS_OUT.keySet();
  }

  @Test
  void noOtherClassHasAFieldThatCouldHoldASecret() {
    Set<String> fieldTypes =
        Stream.concat(bearers().stream(), Stream.of(byte[].class, AtomicReference.class))
            .map(Class::getName)
            .collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.beaconcohort.musig2")) {
      type.getFields().stream()
          .filter(field -> fieldTypes.contains(field.getRawType().getName()))
          .forEach(field -> found.add(type.getName()));
    }
    Set<String> expected = new TreeSet<>();
    bearers().forEach(bearer -> expected.add(bearer.getName()));
    // Public bytes, and the order of the curve.
    expected.add(Bytes.class.getName());
    expected.add("org.beaconcohort.musig2.engine.SecretNumbers");
    assertEquals(expected, found, "classes with a field of one of " + fieldTypes);
  }

  @ParameterizedTest
  @MethodSource("bearers")
  void bytesLeaveOnlyByTheMethodsListed(Class<?> bearer) {
    Set<String> waysOut =
        publicMethods(bearer)
            .filter(method -> !isHarmless(method.getReturnType()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    Set<String> expected = new TreeSet<>(WAYS_OUT.getOrDefault(bearer, Set.of()));
    if (bearer == SecretNonce.class) {
      expected.add("points");
    }
    assertEquals(expected, new TreeSet<>(waysOut));
  }

  /** Nothing, an answer of one bit, or an object that itself gives nothing away. */
  private static boolean isHarmless(Class<?> type) {
    return type == void.class || type == boolean.class || bearers().contains(type);
  }

  @ParameterizedTest
  @MethodSource("bearers")
  void itIsFinalAndNeitherARecordNorSerializableNorCloneable(Class<?> bearer) {
    assertTrue(Modifier.isFinal(bearer.getModifiers()));
    assertFalse(bearer.isRecord());
    assertFalse(Serializable.class.isAssignableFrom(bearer));
    assertFalse(Cloneable.class.isAssignableFrom(bearer));
    assertFalse(Comparable.class.isAssignableFrom(bearer));
  }

  @ParameterizedTest
  @MethodSource("bearers")
  void itComparesByIdentity(Class<?> bearer) {
    assertFalse(declared(bearer).anyMatch(method -> method.getName().equals("equals")));
    assertFalse(declared(bearer).anyMatch(method -> method.getName().equals("hashCode")));
  }

  @ParameterizedTest
  @MethodSource("bearers")
  void itHasNoFieldOrConstructorThatOthersCanReach(Class<?> bearer) {
    for (Field field : bearer.getDeclaredFields()) {
      assertTrue(Modifier.isPrivate(field.getModifiers()) || field.isSynthetic(), field::getName);
    }
    for (Constructor<?> constructor : bearer.getDeclaredConstructors()) {
      assertFalse(Modifier.isPublic(constructor.getModifiers()));
      assertFalse(Modifier.isProtected(constructor.getModifiers()));
    }
  }

  @Test
  void itPrintsAsItsNameAndNothingElse() {
    SeededRandom random = new SeededRandom(30);
    SecretKey key = random.key();
    KeyAggContext context = KeyAggContext.of(List.of(key.publicKey()));
    List<Object> objects =
        List.of(
            key,
            SecretNonce.derive(
                Optional.of(key), random.bytes(32).toArray(), "tag", List.of(Bytes.EMPTY)),
            key.ecdh(random.key().xOnlyPublicKey()),
            SigningSession.start(key, context, Optional.empty(), Bytes.EMPTY, random));
    assertEquals(bearers(), objects.stream().map(Object::getClass).collect(Collectors.toSet()));
    for (Object object : objects) {
      assertEquals(object.getClass().getSimpleName(), object.toString());
    }
  }

  private static Stream<Method> publicMethods(Class<?> type) {
    return declared(type)
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.getName().equals("toString"));
  }

  private static Stream<Method> declared(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isSynthetic());
  }
}
