package org.beaconcohort.cli;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;

/** Tests of all modules by their tags, and documents that speak of them. */
final class TaggedTests {
  private TaggedTests() {}

  /** By what follows {@code prefix} in a tag, the tests that carry it. */
  static Map<String, List<JavaMethod>> with(String prefix) {
    Map<String, List<JavaMethod>> found = new TreeMap<>();
    new ClassFileImporter()
        .importPaths(
            // Not by the class path: a module's published test-jar holds no tests.
            Stream.of("musig2", "cohort", "relay-fixtures", "nostr-adapter", "cli")
                .map(module -> repository(module + "/target/test-classes"))
                .toList())
        .forEach(each ->
            each.getMethods()
                .forEach(method ->
                    tags(method)
                        .filter(tag -> tag.startsWith(prefix))
                        .forEach(tag ->
                            found
                                .computeIfAbsent(
                                    tag.substring(prefix.length()), n -> new ArrayList<>())
                                .add(method))));
    return found;
  }

  private static Stream<String> tags(JavaMethod method) {
    Stream<Tag> one =
        method.isAnnotatedWith(Tag.class)
            ? Stream.of(method.getAnnotationOfType(Tag.class))
            : Stream.of();
    Stream<Tag> several =
        method.isAnnotatedWith(Tags.class)
            ? Stream.of(method.getAnnotationOfType(Tags.class).value())
            : Stream.of();
    return Stream.concat(one, several).map(Tag::value);
  }

  /** A file of the repository. */
  static Path repository(String path) {
    return Stream.of(Path.of(path), Path.of("..").resolve(path))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + " must be in the repository"));
  }
}
