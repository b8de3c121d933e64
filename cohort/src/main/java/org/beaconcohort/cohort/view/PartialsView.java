package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.coordinator.NonceCollection;
import org.beaconcohort.musig2.coordinator.PartialSignatureCollection;
import org.beaconcohort.musig2.coordinator.SigningResult;
import org.beaconcohort.musig2.protocol.InvalidContributionException;

/**
 * The partial signatures over one T as everyone sees them, leader and member alike (BC-13): T and
 * the session are computed once, each partial is added when its statement comes, and one
 * verification is left for the last.
 *
 * <p>A join (N14): the order in which statements come changes nothing. Of two partials of one
 * member over one T the first by instance and number counts.
 */
public final class PartialsView {
  private final Attempt attempt;
  private final Bytes transcript;
  private final PartialSignatureCollection none;

  /** Per slot the statement that counts. */
  private final Map<Integer, SignedStatement> counted;

  private final PartialSignatureCollection collected;
  private final List<Integer> unreadable;

  private PartialsView(
      Attempt attempt,
      Bytes transcript,
      PartialSignatureCollection none,
      Map<Integer, SignedStatement> counted,
      PartialSignatureCollection collected,
      List<Integer> unreadable) {
    this.attempt = attempt;
    this.transcript = transcript;
    this.none = none;
    this.counted = Collections.unmodifiableMap(counted);
    this.collected = collected;
    this.unreadable = List.copyOf(unreadable);
  }

  /** What {@code said} holds over the attempt's T. */
  public static PartialsView of(Attempt attempt, StatementSet said) {
    NonceCollection nonces = NonceCollection.of(attempt.round().cohort().output().signingContext());
    List<Bytes> publicNonces = attempt.publicNonces();
    for (int slot = 0; slot < publicNonces.size(); slot++) {
      nonces = nonces.with(slot, publicNonces.get(slot));
    }
    PartialSignatureCollection none = nonces.sign(attempt.sighash());
    PartialsView view =
        new PartialsView(attempt, attempt.transcript(), none, Map.of(), none, List.of());
    for (SignedStatement each : said.of(StatementKind.PARTIAL_SIGNATURE)) {
      view = view.with(each);
    }
    return view;
  }

  /** This view and one more statement; anything but a member's partial over this T is left out. */
  public PartialsView with(SignedStatement statement) {
    OptionalInt slot = attempt.round().cohort().slotOf(statement.author());
    if (slot.isEmpty()
        || !(statement.body() instanceof PartialSignature partial)
        || !partial.transcript().equals(transcript)) {
      return this;
    }
    SignedStatement before = counted.get(slot.getAsInt());
    if (before != null && StatementSet.ORDER.compare(before, statement) <= 0) {
      return this;
    }
    Map<Integer, SignedStatement> more = new TreeMap<>(counted);
    more.put(slot.getAsInt(), statement);
    return before == null ? adding(more, slot.getAsInt(), partial) : again(more);
  }

  private PartialsView adding(
      Map<Integer, SignedStatement> counted, int slot, PartialSignature partial) {
    try {
      return new PartialsView(
          attempt,
          transcript,
          none,
          counted,
          collected.with(slot, partial.signature()),
          unreadable);
    } catch (InvalidContributionException notBelowOrder) {
      List<Integer> more = new ArrayList<>(unreadable);
      more.add(slot);
      return new PartialsView(attempt, transcript, none, counted, collected, more);
    }
  }

  /** A partial was replaced by one that counts before it, which only an equivocation causes. */
  private PartialsView again(Map<Integer, SignedStatement> counted) {
    PartialsView view = new PartialsView(attempt, transcript, none, Map.of(), none, List.of());
    for (SignedStatement each : counted.values()) {
      view = view.with(each);
    }
    return view;
  }

  /** The attempt signed for. */
  public Attempt attempt() {
    return attempt;
  }

  /** T, 32 bytes. */
  public Bytes transcript() {
    return transcript;
  }

  /** Slots whose partial signature is missing, ascending. */
  public List<Integer> missing() {
    return collected.holdouts().stream().filter(slot -> !unreadable.contains(slot)).toList();
  }

  /**
   * Slots whose partial signature is here and wrong, ascending; for a deadline with some missing.
   */
  public List<Integer> faulty() {
    return withUnreadable(collected.culprits());
  }

  /**
   * Whom the view waits for and whom it blames, for humans: silence is told, never blamed (R17).
   */
  public String shortfall() {
    List<Integer> faulty = faulty();
    return "partial signatures are missing of slots "
        + missing()
        + (faulty.isEmpty() ? "" : ", and those of slots " + faulty + " do not verify");
  }

  /** The slot's statement that counts, if there is one. */
  public Optional<SignedStatement> counted(int slot) {
    return Optional.ofNullable(counted.get(slot));
  }

  /** What the partials come to. */
  public FinalSignature finalSignature() {
    List<Integer> missing = missing();
    if (!missing.isEmpty()) {
      return new FinalSignature.Incomplete(missing);
    }
    if (!unreadable.isEmpty()) {
      return new FinalSignature.Faulty(faulty());
    }
    return switch (collected.result()) {
      case SigningResult.Complete complete -> new FinalSignature.Complete(complete.signature());
      case SigningResult.Faulty faulty -> new FinalSignature.Faulty(faulty.culprits());
      case SigningResult.Incomplete incomplete ->
          new FinalSignature.Incomplete(incomplete.holdouts());
    };
  }

  private List<Integer> withUnreadable(List<Integer> culprits) {
    TreeSet<Integer> slots = new TreeSet<>(culprits);
    slots.addAll(unreadable);
    return List.copyOf(slots);
  }

  /** Same attempt and the same statements; the rest follows from these. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PartialsView view
        && attempt.equals(view.attempt)
        && counted.equals(view.counted);
  }

  @Override
  public int hashCode() {
    return transcript.hashCode();
  }

  @Override
  public String toString() {
    return "PartialsView of " + transcript + ", missing " + missing();
  }
}
