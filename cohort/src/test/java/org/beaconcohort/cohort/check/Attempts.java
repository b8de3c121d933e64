package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Sighash;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * Every attempt that statements make: whoever proposed it, T is hashed anew from the nonces, and
 * the transaction is put together from opportunity and responses.
 */
final class Attempts {
  /**
   * One transaction that an attempt may be about.
   *
   * @param unsigned the transaction
   * @param prevout what it spends
   */
  record Spend(Transaction unsigned, TxOutput prevout) {
    Outpoint outpoint() {
      return unsigned.inputs().get(0).outpoint();
    }

    Bytes txid() {
      return unsigned.txid();
    }

    Bytes sighash() {
      return Sighash.keyPath(unsigned, 0, List.of(prevout), Sighash.DEFAULT);
    }
  }

  /**
   * An attempt whose T is what it must be.
   *
   * @param proposal id of the statement that named it
   * @param transcript T
   * @param keys cohort keys in slot order
   * @param k of leaf A, 0 without it
   * @param authors statement keys in slot order
   * @param nonces public nonces in slot order
   * @param spends the transactions of its round's opportunities; more than one if a leader lied
   */
  record Attempt(
      Bytes proposal,
      Bytes transcript,
      List<Bytes> keys,
      int k,
      List<Bytes> authors,
      List<Bytes> nonces,
      List<Spend> spends) {
    int slotOf(Bytes author) {
      return authors.indexOf(author);
    }

    private LeafScript leaf() {
      return new LeafScript(keys.stream().map(key -> key.slice(1, 33)).toList(), k);
    }

    /** The transaction that this partial signature signs, if there is one. */
    Optional<Spend> signedBy(int slot, Bytes partial) {
      KeyAggContext plain = KeyAggContext.of(keys);
      KeyAggContext tweaked =
          plain.withXOnlyTweak(
              k == 0
                  ? TaggedHash.hash("TapTweak", plain.xOnlyAggregateKey())
                  : TaggedHash.hash("TapTweak", plain.xOnlyAggregateKey(), leaf().hash()));
      return spends.stream()
          .filter(spend ->
              PartialSignature.verify(
                  SessionContext.of(NonceAgg.aggregate(nonces), tweaked, spend.sighash()),
                  slot,
                  partial,
                  nonces.get(slot)))
          .findFirst();
    }
  }

  private final Map<Bytes, Event> events = new HashMap<>();
  private final Map<Bytes, List<Attempt>> byTranscript = new HashMap<>();
  private final List<Event> opportunities = new ArrayList<>();
  private final Set<Bytes> members = new HashSet<>();
  private final Set<Bytes> sealing = new HashSet<>();
  private final List<Event> keysets = new ArrayList<>();
  private final List<Event> proposals = new ArrayList<>();

  Attempts(Collection<Event> carried) {
    for (Event event : carried) {
      events.put(event.id(), event);
      switch (event.kind()) {
        case "KEYSET_PROPOSAL" -> keysets.add(event);
        case "PROPOSAL" -> proposals.add(event);
        case "OPPORTUNITY" -> opportunities.add(event);
        default -> {}
      }
    }
    for (Event keyset : keysets) {
      for (Bytes optIn : keyset.hexes("optIns")) {
        Event known = events.get(optIn);
        if (known != null) {
          members.add(known.author());
          if (known.body().path("custody").asText().equals("SEALED")) {
            sealing.add(known.author());
          }
        }
      }
    }
    for (Event proposal : proposals) {
      for (Event keyset : keysets) {
        attempt(proposal, keyset)
            .ifPresent(found ->
                byTranscript
                    .computeIfAbsent(found.transcript(), t -> new ArrayList<>())
                    .add(found));
      }
    }
  }

  List<Attempt> of(Bytes transcript) {
    return byTranscript.getOrDefault(transcript, List.of());
  }

  List<Attempt> all() {
    return byTranscript.values().stream().flatMap(List::stream).toList();
  }

  /** Whether a key set has a seat for this author; strangers may say anything. */
  boolean isMember(Bytes author) {
    return members.contains(author);
  }

  /** Every output that somebody proposed to spend, with what it holds. */
  Map<Outpoint, TxOutput> outpoints() {
    Map<Outpoint, TxOutput> found = new HashMap<>();
    for (Event opportunity : opportunities) {
      Outpoint outpoint = outpoint(opportunity);
      prevout(opportunity, outpoint).ifPresent(output -> found.put(outpoint, output));
    }
    return found;
  }

  /** The public nonce that the statement with this id carries. */
  Optional<Bytes> nonceOf(Bytes carrier) {
    return Optional.ofNullable(events.get(carrier)).flatMap(Attempts::nonce);
  }

  /** Whether this member said that its nonces outlive its process (R9). */
  boolean seals(Bytes author) {
    return sealing.contains(author);
  }

  /** The public nonce that a statement carries. */
  static Optional<Bytes> nonce(Event event) {
    return switch (event.kind()) {
      case "RESPONSE", "NONCE_LOST" ->
          event.body().has("nonce")
              ? Optional.of(Event.hex(event.body().path("nonce"), "publicNonce"))
              : Optional.empty();
      case "PARTIAL_SIGNATURE" -> Optional.of(Event.hex(event.body().path("next"), "publicNonce"));
      default -> Optional.empty();
    };
  }

  private Optional<Attempt> attempt(Event proposal, Event keyset) {
    List<Bytes> keys = keyset.hexes("keys");
    List<Event> optIns = known(keyset.hexes("optIns"), keys.size());
    List<Event> carriers = known(proposal.hexes("nonces"), keys.size());
    int k = keyset.body().path("threshold").asInt();
    List<Event> responses = known(answered(proposal, k), answered(proposal, k).size());
    if (optIns.isEmpty() || carriers.isEmpty() || responses.isEmpty()) {
      return Optional.empty();
    }
    List<Bytes> nonces = new ArrayList<>();
    for (Event carrier : carriers) {
      nonce(carrier).ifPresent(nonces::add);
    }
    if (nonces.size() != keys.size()) {
      return Optional.empty();
    }
    Bytes transcript = proposal.hex("transcript");
    if (!transcript.equals(transcript(proposal.hex("context"), keys, nonces, carriers))) {
      return Optional.empty();
    }
    List<Spend> spends =
        opportunities.stream()
            .filter(opportunity -> opportunity.round().equals(proposal.round()))
            .flatMap(opportunity -> spend(opportunity, signal(responses)).stream())
            .distinct()
            .toList();
    List<Bytes> authors = optIns.stream().map(Event::author).toList();
    return Optional.of(new Attempt(proposal.id(), transcript, keys, k, authors, nonces, spends));
  }

  /** N2; empty bytes if the nonces have no sum. */
  private static Bytes transcript(
      Bytes context, List<Bytes> keys, List<Bytes> nonces, List<Event> carriers) {
    Fields fields = new Fields().bytes(context);
    for (int slot = 0; slot < keys.size(); slot++) {
      fields.bytes(keys.get(slot)).bytes(nonces.get(slot)).bytes(carriers.get(slot).id());
    }
    try {
      return fields.bytes(NonceAgg.aggregate(nonces)).hash("btcr2/transcript/v1");
    } catch (InvalidContributionException invalid) {
      return Bytes.EMPTY;
    }
  }

  /** Ids of the answers; with leaf A some may be missing (N8). */
  private static List<Bytes> answered(Event proposal, int k) {
    return proposal.hexes("responses").stream().filter(id -> k == 0 || id.size() != 0).toList();
  }

  /** Every transaction that answers named by a proposal make, by leaf A of a key set. */
  List<Leaves.Leaf> leaves() {
    List<Leaves.Leaf> found = new ArrayList<>();
    for (Event keyset : keysets) {
      int k = keyset.body().path("threshold").asInt();
      List<Bytes> keys = keyset.hexes("keys");
      List<Event> optIns = known(keyset.hexes("optIns"), keys.size());
      if (k == 0 || optIns.isEmpty()) {
        continue;
      }
      for (Event proposal : proposals) {
        List<Event> responses = known(answered(proposal, k), answered(proposal, k).size());
        for (Event opportunity : opportunities) {
          if (!responses.isEmpty() && opportunity.round().equals(proposal.round())) {
            Bytes signal = signal(responses);
            spend(opportunity, signal)
                .ifPresent(spend ->
                    found.add(
                        new Leaves.Leaf(
                            new LeafScript(keys.stream().map(key -> key.slice(1, 33)).toList(), k),
                            optIns.stream().map(Event::author).toList(),
                            Bytes.ofHex(opportunity.round()),
                            spend,
                            signal)));
          }
        }
      }
    }
    return found;
  }

  private List<Event> known(List<Bytes> ids, int count) {
    List<Event> found = new ArrayList<>();
    for (Bytes id : ids) {
      Event event = events.get(id);
      if (event == null) {
        return List.of();
      }
      found.add(event);
    }
    return found.size() == count ? found : List.of();
  }

  /**
   * The hash of the CAS map: its keys and values need no escapes, so sorting makes it canonical.
   */
  static Bytes signal(List<Event> responses) {
    Map<String, String> map = new TreeMap<>();
    for (Event response : responses) {
      for (Map.Entry<String, JsonNode> each : response.body().path("updates").properties()) {
        byte[] hash = HexFormat.of().parseHex(each.getValue().asText());
        map.put(each.getKey(), Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
      }
    }
    return Event.sha256(canonical(map));
  }

  static String canonical(Map<String, String> map) {
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(map)
        .forEach((key, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append("\"%s\":\"%s\"".formatted(key, value)));
    return text.append('}').toString();
  }

  private static Outpoint outpoint(Event opportunity) {
    JsonNode outpoint = opportunity.body().path("outpoint");
    return Outpoint.ofDisplay(Event.text(outpoint, "txid"), outpoint.path("vout").asInt());
  }

  private static Optional<TxOutput> prevout(Event opportunity, Outpoint outpoint) {
    Transaction funding = Transaction.parse(opportunity.hex("fundingTransaction"));
    return funding.txid().equals(outpoint.txid()) && outpoint.vout() < funding.outputs().size()
        ? Optional.of(funding.outputs().get(outpoint.vout()))
        : Optional.empty();
  }

  private static Optional<Spend> spend(Event opportunity, Bytes signal) {
    JsonNode body = opportunity.body();
    List<TxOutput> outputs = new ArrayList<>();
    for (JsonNode output : body.path("outputs")) {
      outputs.add(new TxOutput(output.path("value").asLong(), Event.hex(output, "script")));
    }
    outputs.add(new TxOutput(0, Bytes.concat(Bytes.ofHex("6a20"), signal)));
    Outpoint outpoint = outpoint(opportunity);
    Transaction unsigned =
        new Transaction(
            body.path("version").asInt(),
            List.of(Transaction.Input.unsigned(outpoint, body.path("sequence").asLong())),
            outputs,
            body.path("lockTime").asLong());
    return prevout(opportunity, outpoint).map(output -> new Spend(unsigned, output));
  }
}
