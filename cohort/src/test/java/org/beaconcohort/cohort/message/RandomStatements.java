package org.beaconcohort.cohort.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.Reason;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.Funder;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Any header and any body that the records allow, in the sizes that are sent. */
public final class RandomStatements {
  private static final String TEXT = "aZ0 {}[]\",:\\/\n\t\u007f\u0001<>&'é߿€\uffff😀";

  private final RandomGenerator random;

  /** Everything comes from {@code random}. */
  public RandomStatements(RandomGenerator random) {
    this.random = random;
  }

  /** The next cohort of nobody: right kinds, made up words. */
  private Succession succession() {
    SimNotary notary =
        new SimNotary(
            SecretKey.generate(new SeededRandom(random.nextLong())),
            () -> Instant.ofEpochSecond(1_780_000_000));
    SignedStatement announcement = notary.sign(header(), body(StatementKind.ANNOUNCEMENT));
    KeysetProposal any = (KeysetProposal) body(StatementKind.KEYSET_PROPOSAL);
    KeysetProposal proposal =
        new KeysetProposal(
            announcement.event(),
            any.keys(),
            any.optIns(),
            any.threshold(),
            any.address(),
            any.channelKeyHash(),
            any.parentProposalId());
    return new Succession(
        announcement,
        notary.sign(header(), proposal),
        list(0, 2, () -> notary.sign(header(), body(StatementKind.OPT_IN))),
        list(0, 3, () -> notary.sign(header(), body(StatementKind.KEYSET_ACK))));
  }

  /** Any header. */
  public Header header() {
    return new Header(
        bytes(32),
        maybe(32),
        bytes(Header.INSTANCE_SIZE),
        random.nextLong(0, (1L << 40) + 1),
        maybe(32),
        random.nextInt(0, Integer.MAX_VALUE));
  }

  /** Any body of a kind. */
  public Statement body(StatementKind kind) {
    return switch (kind) {
      case ANNOUNCEMENT -> new Announcement("cohort-" + random.nextInt(1000), terms(), maybe(32));
      case OPT_IN -> {
        List<Registration> registrations =
            list(0, 4, () -> new Registration(text(60), text(200), bytes(64)));
        yield new OptIn(
            text(80),
            bytes(32),
            bytes(33),
            bytes(64),
            registrations,
            bytes(32),
            any(SignerClass.class),
            any(NonceCustody.class),
            random.nextBoolean(),
            random.nextInt(0, registrations.size() + 1),
            random.nextInt(0, 4));
      }
      case OPT_IN_REFUSED -> new OptInRefused(bytes(32), any(Code.class), ascii(512));
      case WELCOME -> new Welcome(new ChannelKey(bytes(32)), bytes(32), maybe(32));
      case KEYSET_PROPOSAL -> {
        int n = random.nextInt(1, 20);
        yield new KeysetProposal(
            text(2000),
            list(n, n, () -> bytes(33)),
            list(n, n, () -> bytes(32)),
            random.nextInt(0, n + 1),
            ascii(128),
            bytes(32),
            maybe(32));
      }
      case KEYSET_ACK -> new KeysetAck(bytes(32));
      case ROUND_REQUEST -> new RoundRequest(random.nextInt(1, 1_000_001));
      case OPPORTUNITY ->
          new Opportunity(
              random.nextInt(1, 1_000_001),
              new Outpoint(bytes(32), random.nextInt(0, Integer.MAX_VALUE)),
              bytes(random.nextInt(1, 1000)),
              random.nextLong(0, TxOutput.MAX_VALUE + 1),
              list(
                  0,
                  8,
                  () ->
                      new TxOutput(
                          random.nextLong(0, TxOutput.MAX_VALUE + 1),
                          bytes(random.nextInt(0, 40)))),
              random.nextInt(0, Integer.MAX_VALUE),
              random.nextLong(0, 1L << 32),
              random.nextLong(0, 1L << 32),
              random.nextInt(0, 256));
      case RESPONSE -> new Response(updates(), random.nextInt(4) == 0 ? NonceOffer.NONE : nonce());
      case PROPOSAL -> {
        int n = random.nextInt(1, 20);
        yield new Proposal(
            random.nextInt(0, 65),
            maybe(32),
            any(Reason.class),
            any(SpendPath.class),
            list(n, n, () -> maybe(32)),
            list(n, n, () -> maybe(32)),
            bytes(32),
            bytes(32));
      }
      case PARTIAL_SIGNATURE -> new PartialSignature(bytes(32), bytes(32), nonce());
      case FINAL -> new Final(bytes(32), bytes(32), bytes(64));
      case NONCE_LOST -> new NonceLost(list(1, 16, () -> bytes(32)), nonce());
      case CLAIM -> new RoundStatement.Claim(bytes(32), bytes(32));
      case EPOCH_CLAIM -> new RoundStatement.EpochClaim(bytes(32));
      case PROBE -> new ReadinessStatement.Probe(random.nextInt(1, 1001));
      case ALIVE -> new ReadinessStatement.Alive(bytes(32));
      case SUCCESSION -> succession();
      case SWEEP_REQUEST -> new SweepRequest(random.nextInt(1, 1_000_001), bytes(32));
      case SYNC -> new TimeStatement.Sync(list(0, 5, this::seen));
      case EXTEND ->
          new TimeStatement.Extend(
              any(TimeStatement.ExtendedPhase.class), random.nextInt(1, Extensions.MOST + 1));
      case FALLBACK_TAKEN -> new RoundStatement.FallbackTaken(list(1, 16, () -> bytes(32)));
      case BUNDLE -> new LeafStatement.Bundle(bytes(32), updates());
      case BUNDLE_ACK -> new LeafStatement.BundleAck(bytes(32));
      case LEAF_REQUEST ->
          new LeafStatement.LeafRequest(
              bytes(32),
              list(1, 9, () -> random.nextInt(0, CohortTerms.MAX_MEMBERS)).stream()
                  .distinct()
                  .sorted()
                  .toList(),
              bytes(32));
      case LEAF_SIGNATURE -> new LeafStatement.LeafSignature(bytes(32), bytes(64));
    };
  }

  private Map<String, Bytes> updates() {
    Map<String, Bytes> updates = new TreeMap<>();
    for (int i = random.nextInt(0, 4); i > 0; i--) {
      updates.put(text(60), bytes(32));
    }
    return updates;
  }

  private CohortTerms terms() {
    LeafA leafA = any(LeafA.class);
    int min = random.nextInt(leafA == LeafA.THRESHOLD ? 3 : 2, 20);
    long minRate = random.nextLong(1, 1000);
    return new CohortTerms(
        any(Network.class),
        any(BeaconType.class),
        min,
        random.nextInt(min, CohortTerms.MAX_MEMBERS + 1),
        random.nextInt(1, 101),
        random.nextInt(0, Integer.MAX_VALUE),
        leafA,
        leafA == LeafA.ALL_MEMBERS ? any(ResponseOrder.class) : ResponseOrder.NONCES_FIRST,
        any(SignerClass.class),
        any(NonceCustody.class),
        new Deadlines(
                seconds(), seconds(), seconds(), seconds(), seconds(), seconds(), seconds(),
                seconds())
            .probing(random.nextBoolean() ? Duration.ZERO : seconds()),
        new FeeCorridor(minRate, minRate + random.nextLong(0, 100_000), 1 + random.nextInt(9999)),
        any(Funder.class),
        random.nextLong(1000, 1_000_000),
        random.nextInt(1, 1001),
        random.nextInt(1, 65),
        list(1, 16, () -> "wss://" + text(50)),
        list(0, 16, () -> bytes(32)),
        leafA == LeafA.THRESHOLD || random.nextBoolean()
            ? new LeafPolicy(0, list(min, min + 5, () -> bytes(32)))
            : LeafPolicy.NONE,
        random.nextBoolean()
            ? Extensions.NONE
            : new Extensions(random.nextInt(1, Extensions.MOST + 1), seconds()));
  }

  private TimeStatement.Seen seen() {
    long from = random.nextLong(1_000);
    return new TimeStatement.Seen(
        bytes(32), bytes(16), from, from + random.nextLong(1_000), list(0, 4, () -> bytes(32)));
  }

  private Duration seconds() {
    return Duration.ofSeconds(random.nextLong(1, 366L * 24 * 3600));
  }

  /** Any nonce. */
  public NonceOffer nonce() {
    return new NonceOffer(random.nextInt(1, 1_000_001), bytes(66));
  }

  /** Any bytes. */
  public Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private Bytes maybe(int size) {
    return random.nextBoolean() ? bytes(size) : Bytes.EMPTY;
  }

  private String ascii(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, most + 1); i > 0; i--) {
      text.append((char) random.nextInt(' ', '~' + 1));
    }
    return text.toString();
  }

  /** Text of characters that are hard to write. */
  public String text(int most) {
    int[] all = TEXT.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, most + 1); i > 0; i--) {
      text.appendCodePoint(all[random.nextInt(all.length)]);
    }
    return text.toString();
  }

  /** Any constant. */
  public <E extends Enum<E>> E any(Class<E> names) {
    E[] all = names.getEnumConstants();
    return all[random.nextInt(all.length)];
  }

  /** Some elements. */
  public <T> List<T> list(int least, int most, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    for (int i = random.nextInt(least, most + 1); i > 0; i--) {
      elements.add(element.get());
    }
    return elements;
  }
}
