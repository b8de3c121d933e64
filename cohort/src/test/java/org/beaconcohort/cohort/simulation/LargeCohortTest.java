package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.engine.RememberingEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Formation and a whole round of many members, each with one DID and an update of it. */
final class LargeCohortTest {
  /** What an outer event carries in one piece, bytes. */
  private static final int IN_ONE = 40_960;

  /** The independent checker holds every journal as text: 200 members' are 0.5 GB. */
  private static final int MOST_CHECKED = 400;

  private static final Set<StatementKind> GROWS =
      EnumSet.of(StatementKind.KEYSET_PROPOSAL, StatementKind.PROPOSAL);

  @BeforeAll
  static void remember() {
    RememberingEngine.use();
  }

  @Test
  @Tag("scenario-45")
  void twoHundredMembersAnchorARoundAndEveryStatementGoesOutInOnePiece() {
    longest(anchored(200))
        .forEach((kind, size) ->
            assertTrue(
                size <= IN_ONE, kind + " must be at most " + IN_ONE + " bytes, got " + size));
  }

  @Test
  @EnabledIfSystemProperty(named = "large.members", matches = "[0-9]+")
  void asManyMembersAsAskedForAnchorARound() {
    int members = Integer.getInteger("large.members");
    long begun = System.nanoTime();
    Simulation simulation = anchored(members);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Duration cpu = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    Map<StatementKind, Integer> sizes = longest(simulation);
    System.out.printf("%d members: %s, CPU of this thread %s%n%s%n", members, took, cpu, sizes);
    sizes.forEach((kind, size) ->
        assertTrue(GROWS.contains(kind) || size <= IN_ONE, kind + " has " + size + " bytes"));
  }

  private static Simulation anchored(int members) {
    Simulation simulation = new Simulation(45, Simulation.terms(members, members));
    if (members > MOST_CHECKED) {
      simulation.unchecked();
    }
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    simulation.run(Duration.ofHours(2));

    Set<String> txids = new HashSet<>();
    for (var member : simulation.members()) {
      txids.add(assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0)).txid());
    }
    assertEquals(1, txids.size());
    return simulation;
  }

  /** The longest inner event of each kind, as Nostr has it, in bytes. */
  private static Map<StatementKind, Integer> longest(Simulation simulation) {
    Map<StatementKind, Integer> sizes = new EnumMap<>(StatementKind.class);
    for (SignedStatement said : simulation.network().statements()) {
      int size = event(said).getBytes(StandardCharsets.UTF_8).length;
      sizes.merge(said.body().kind(), size, Math::max);
    }
    return sizes;
  }

  /** In place of the simulation's envelope NIP-01's, in which the statement's JSON is escaped. */
  private static String event(SignedStatement said) {
    Statement body = said.body();
    if (body instanceof KeysetProposal proposal) {
      body =
          new KeysetProposal(
              event(SimNotary.read(proposal.announcementEvent())),
              proposal.keys(),
              proposal.optIns(),
              proposal.threshold(),
              proposal.address(),
              proposal.channelKeyHash(),
              proposal.parentProposalId());
    }
    ObjectNode event = StrictJson.newObject();
    event.put("id", said.id().hex());
    event.put("pubkey", said.author().hex());
    event.put("created_at", said.createdAt().getEpochSecond());
    event.put("kind", body.kind().eventKind());
    var tags = event.putArray("tags");
    if (body instanceof Announcement announced) {
      tags.addArray().add("d").add(announced.identifier());
      tags.addArray().add("expiration").add(Long.toString(said.createdAt().getEpochSecond()));
    }
    event.put("content", StatementCodec.encode(said.header(), body));
    event.put("sig", said.event().substring(said.event().length() - 128));
    return StrictJson.write(event);
  }
}
