package org.beaconcohort.cohort.exploration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.cohort.simulation.SimParty;
import org.beaconcohort.musig2.bytes.Bytes;

/** What members did before they signed by leaf A: asked relays (R18), stored the bundle (R19). */
final class LeafWatch {
  private record Asked(int member, Bytes askId) {}

  private record Claim(Asked asked, Instant relaysAsked) {}

  private final Stage stage;
  private final Map<Bytes, Instant> published = new HashMap<>();
  private final Map<Asked, Instant> relaysAsked = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  LeafWatch(Stage stage) {
    this.stage = stage;
  }

  /** Relays hold this from now on. */
  void published(SignedStatement said) {
    published.putIfAbsent(said.id(), stage.simulation().time().now());
  }

  void watch(int number, SimParty<ParticipantState, ParticipantFact> member) {
    member
        .journal()
        .crashOn(facts -> {
          facts.forEach(fact -> kept(number, fact));
          return Moment.NEVER;
        });
  }

  private void kept(int member, ParticipantFact fact) {
    switch (fact) {
      case LeafFact.LeafConfirming confirming ->
          relaysAsked.put(new Asked(member, confirming.askId()), stage.simulation().time().now());
      case LeafFact.LeafClaimed claimed -> {
        Asked asked = new Asked(member, claimed.askId());
        claims.add(new Claim(asked, relaysAsked.getOrDefault(asked, Instant.MIN)));
      }
      default -> {}
    }
  }

  /**
   * All that does not hold.
   *
   * @param hostile numbers of parties whose words may not count
   */
  void judge(Set<Integer> hostile, BiConsumer<String, String> find) {
    claims.forEach(claim -> absent(claim, hostile, find));
    for (int i = 1; i <= stage.plan().members(); i++) {
      stored(i, find);
    }
  }

  /** R18: nobody signs by leaf A for want of what relays held when it asked them. */
  private void absent(Claim claim, Set<Integer> hostile, BiConsumer<String, String> find) {
    int member = claim.asked().member();
    boolean withheld =
        stage.struck().stream()
            .anyMatch(fault -> fault instanceof Fault.Withheld it && it.party() == member);
    Optional<SignedStatement> ask = stage.said(claim.asked().askId());
    Optional<Cohort> cohort = cohort(member);
    if (withheld || ask.isEmpty() || cohort.isEmpty()) {
      return;
    }
    for (int slot : missing(ask.get())) {
      Bytes author = cohort.get().members().get(slot).statementKey();
      List<SignedStatement> held =
          stage.simulation().network().statements().stream()
              .distinct()
              .filter(said -> said.author().equals(author) && answers(said, ask.get()))
              .toList();
      // Of two a receiver may take neither.
      if (held.size() == 1
          && stage.isHeard(held.getFirst())
          && !hostile.contains(stage.party(author))
          && published
              .getOrDefault(held.getFirst().id(), Instant.MAX)
              .isBefore(claim.relaysAsked())) {
        find.accept(
            "ABSENT",
            "member "
                + member
                + " signs by leaf A for want of slot "
                + slot
                + ", which relays held");
      }
    }
  }

  private Optional<Cohort> cohort(int member) {
    return Roundabout.joined(stage.simulation().members().get(member - 1).state())
        .map(Joined::cohort);
  }

  private static List<Integer> missing(SignedStatement ask) {
    List<Integer> missing = new ArrayList<>();
    switch (ask.body()) {
      case LeafRequest request -> missing.addAll(request.missing());
      case Proposal proposal -> {
        for (int slot = 0; slot < proposal.responses().size(); slot++) {
          if (proposal.responses().get(slot).size() == 0) {
            missing.add(slot);
          }
        }
      }
      default -> {}
    }
    return missing;
  }

  private static boolean answers(SignedStatement said, SignedStatement ask) {
    return switch (said.body()) {
      case Response response ->
          ask.body() instanceof Proposal && said.header().roundId().equals(ask.header().roundId());
      case PartialSignature partial ->
          ask.body() instanceof LeafRequest request
              && partial.transcript().equals(request.transcript());
      default -> false;
    };
  }

  /** R19 and N17: a receipt is of what is stored, and k receipts are there before a claim. */
  private void stored(int member, BiConsumer<String, String> find) {
    List<SignedStatement> view = new ArrayList<>();
    Set<Map<String, Bytes>> kept = new HashSet<>();
    for (ParticipantFact fact : stage.simulation().members().get(member - 1).journal().everKept()) {
      switch (fact) {
        case ParticipantFact.Noted noted -> view.add(noted.statement());
        case ParticipantFact.Made made -> {
          view.add(made.statement());
          if (made.statement().body() instanceof BundleAck ack
              && behind(ack.context()).filter(kept::contains).isEmpty()
              && behind(ack.context()).isPresent()) {
            find.accept("RECEIPT", "member " + member + " says that it stores what it does not");
          }
        }
        case LeafFact.LeafTaken taken -> kept.add(entries(taken.bundle()));
        case LeafFact.CompletedByLeaf completed -> kept.add(entries(completed.bundle()));
        case LeafFact.LeafClaimed claimed -> {
          int k = cohort(member).map(it -> it.terms().threshold(it.size())).orElse(0);
          int receipts = receipts(view, claimed);
          if (k < cohort(member).map(Cohort::size).orElse(0) && receipts < k) {
            find.accept(
                "STORED",
                "member " + member + " claims leaf A with " + receipts + " receipts of " + k);
          }
        }
        default -> {}
      }
    }
  }

  /** The data that anybody published for a T_A. */
  private Optional<Map<String, Bytes>> behind(Bytes context) {
    return stage.simulation().network().statements().stream()
        .filter(said -> !stage.simulation().forged().contains(said.id()))
        .filter(said -> said.body() instanceof Bundle bundle && bundle.context().equals(context))
        .map(said -> ((Bundle) said.body()).updates())
        .findFirst();
  }

  private static Map<String, Bytes> entries(CasAnnouncement bundle) {
    Map<String, Bytes> entries = new TreeMap<>();
    bundle.entries().forEach((did, hash) -> entries.put(did.text(), hash));
    return entries;
  }

  private int receipts(List<SignedStatement> view, LeafFact.LeafClaimed claimed) {
    Optional<Bytes> transcript =
        stage
            .said(claimed.askId())
            .filter(ask -> ask.body() instanceof LeafRequest)
            .map(ask -> ((LeafRequest) ask.body()).transcript());
    Set<Bytes> authors = new HashSet<>();
    for (SignedStatement said : view) {
      boolean receipt =
          switch (said.body()) {
            case BundleAck ack -> ack.context().equals(claimed.context());
            case LeafSignature signed -> signed.context().equals(claimed.context());
            case PartialSignature partial ->
                transcript.filter(partial.transcript()::equals).isPresent();
            default -> false;
          };
      if (receipt) {
        authors.add(said.author());
      }
    }
    return authors.size();
  }
}
