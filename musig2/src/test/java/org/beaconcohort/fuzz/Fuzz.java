package org.beaconcohort.fuzz;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One decoder under mutated valid inputs. Each case must be accepted or refused with the decoder's
 * own error, within bounds of memory and CPU time; anything else fails with what it takes to repeat
 * the case and with the input in hexadecimal, so that it becomes a test.
 *
 * <p>Cases are a function of {@code fuzz.seed} (1), the decoder's name and the case's number:
 * {@code fuzz.first} (0) is the first, {@code fuzz.cases} (10,000) how many there are. The first
 * cases are the seeds themselves, which must be accepted.
 */
public final class Fuzz<I> {
  private final String decoder;
  private final Mutator mutator;
  private final List<String> seeds;
  private final Function<String, I> input;
  private List<Class<?>> refusals = List.of();
  private Bounds bounds = Bounds.DEFAULT;
  private int max = 16 * 1024;

  private Fuzz(String decoder, Mutator mutator, List<String> seeds, Function<String, I> input) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("seeds of " + decoder + " must be 1 or more, got none");
    }
    this.decoder = decoder;
    this.mutator = mutator;
    this.seeds = List.copyOf(seeds);
    this.input = input;
  }

  /** A decoder of bytes. */
  public static Fuzz<Bytes> ofBytes(String decoder, List<Bytes> seeds) {
    return new Fuzz<>(
        decoder, Mutator.BYTES, seeds.stream().map(Mutator::text).toList(), Mutator::bytes);
  }

  /** A decoder of text. */
  public static Fuzz<String> ofText(String decoder, List<String> seeds) {
    return new Fuzz<>(decoder, Mutator.TEXT, seeds, text -> text);
  }

  /** A decoder of JSON. */
  public static Fuzz<String> ofJson(String decoder, List<String> seeds) {
    return new Fuzz<>(decoder, Mutator.JSON, seeds, text -> text);
  }

  /** The exact types that the decoder may throw; without this call none. */
  public Fuzz<I> refusing(Class<?>... types) {
    refusals = List.of(types);
    return this;
  }

  /** What a case may allocate for each byte or UTF-16 unit of its input, in place of 256 bytes. */
  public Fuzz<I> allocatingPerUnit(long bytes) {
    bounds = new Bounds(bounds.constantBytes(), bytes, bounds.cpuNanos());
    return this;
  }

  /** What a case may allocate beside that whatever its input is, in place of 512 KiB. */
  public Fuzz<I> allocatingAlways(long bytes) {
    bounds = new Bounds(bytes, bounds.bytesPerUnit(), bounds.cpuNanos());
    return this;
  }

  /** The longest input, in bytes or UTF-16 units, in place of 16 KiB. */
  public Fuzz<I> upTo(int longest) {
    max = longest;
    return this;
  }

  /**
   * Runs all cases.
   *
   * @param decode decodes, and fails with an {@link AssertionError} if what came out is not what it
   *     must be
   * @throws AssertionError for the first case that is a crash
   */
  public Tally run(Consumer<I> decode) {
    Cases cases = new Cases(decoder, mutator, seeds, max);
    Tally tally =
        new Run(decoder, cases, bounds, refusals, text -> decode.accept(input.apply(text)))
            .finish();
    System.out.println(tally);
    return tally;
  }
}
