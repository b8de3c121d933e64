package org.beaconcohort.adapter.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The chain as an Esplora server has it (REST; amounts in sat). A transaction counts only if its
 * bytes hash to the txid asked for; heights and values are checked for range. Safe for concurrent
 * use.
 */
public final class EsploraChain implements ChainBackend, AutoCloseable {
  private static final JsonLimits LIMITS = new JsonLimits(2 * 1024 * 1024, 12);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z0-9]{1,100}");

  /** Blocks that may arrive between two calls; more is nonsense. */
  private static final int NEW_BLOCKS = 10;

  private static final int MOST_TARGET = 1_008;
  private static final BigDecimal MOST_RATE = BigDecimal.valueOf(1_000_000);
  private static final long MOST_HEIGHT = 100_000_000;

  private final EsploraHttp http;

  /** The server at {@code url}, for instance {@code http://127.0.0.1:3000}. */
  public EsploraChain(String url) {
    this(new EsploraHttp(url));
  }

  EsploraChain(EsploraHttp http) {
    this.http = http;
  }

  /**
   * Checks that the server is of this network, by its block 0. Signet and Mutinynet cannot be told
   * apart by that.
   *
   * @throws ChainException if it is of another network, or does not answer
   */
  public void requireNetwork(Network network) {
    String genesis = required("block-height/0");
    if (!HASH.matcher(genesis).matches()) {
      throw ChainException.nonsense("the hash of block 0 is " + brief(genesis));
    }
    if (!genesis.equals(network.genesisHash())) {
      String other =
          Arrays.stream(Network.values())
              .filter(each -> each.genesisHash().equals(genesis))
              .findFirst()
              .map(Network::specName)
              .orElse("none that is known");
      throw ChainException.otherNetwork(
          "chain source must be of network "
              + network.specName()
              + ", its block 0 "
              + genesis
              + " is of "
              + other
              + "; use another source, or name the network that is meant");
    }
  }

  @Override
  public Tip tip() {
    String hash = required("blocks/tip/hash");
    if (!HASH.matcher(hash).matches()) {
      throw ChainException.nonsense("the tip's hash is " + brief(hash));
    }
    JsonNode block = json("block/" + hash);
    return new Tip(
        (int) number(block, "height", MOST_HEIGHT),
        Instant.ofEpochSecond(number(block, "mediantime", 1L << 33)));
  }

  @Override
  public List<Utxo> unspent(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("address must be letters and digits, got " + address);
    }
    int height = height();
    JsonNode outputs = json("address/" + address + "/utxo");
    if (!outputs.isArray()) {
      throw ChainException.nonsense("the outputs of an address are no list");
    }
    List<Utxo> found = new ArrayList<>();
    for (JsonNode each : outputs) {
      Outpoint outpoint =
          Outpoint.ofDisplay(txid(each), (int) number(each, "vout", Integer.MAX_VALUE));
      long value = number(each, "value", 2_100_000_000_000_000L);
      found.add(new Utxo(outpoint, value, depth(each.path("status"), height)));
    }
    return found;
  }

  @Override
  public Optional<Known> transaction(Bytes txid) {
    String display = new Outpoint(txid, 0).displayTxid();
    Optional<String> hex = http.get("tx/" + display + "/hex");
    if (hex.isEmpty()) {
      return Optional.empty();
    }
    Transaction transaction;
    try {
      transaction = Transaction.parseHex(hex.get());
    } catch (MalformedTransactionException malformed) {
      throw ChainException.nonsense("transaction " + display + " is " + malformed.getMessage());
    }
    if (!transaction.txid().equals(txid)) {
      throw ChainException.nonsense(
          "transaction " + display + " came as " + transaction.displayTxid());
    }
    int height = height();
    return Optional.of(new Known(transaction, depth(json("tx/" + display + "/status"), height)));
  }

  @Override
  public Optional<Bytes> spender(Outpoint outpoint) {
    JsonNode outspend = json("tx/" + outpoint.displayTxid() + "/outspend/" + outpoint.vout());
    if (!outspend.path("spent").isBoolean()) {
      throw ChainException.nonsense("outspend of " + outpoint + " has no spent");
    }
    return outspend.path("spent").booleanValue()
        ? Optional.of(Outpoint.ofDisplay(txid(outspend), 0).txid())
        : Optional.empty();
  }

  @Override
  public BroadcastResult broadcast(Transaction transaction) {
    EsploraHttp.Answer answer = http.post("tx", transaction.serialize().hex());
    if (answer.status() == 200) {
      if (!answer.text().equals(transaction.displayTxid())) {
        throw ChainException.nonsense(
            "broadcast of " + transaction.displayTxid() + " came as " + brief(answer.text()));
      }
      return new BroadcastResult.Accepted();
    }
    if (answer.status() != 400) {
      throw ChainException.unavailable("POST tx gave status " + answer.status());
    }
    return switch (Refusal.of(answer.text())) {
      case CONFIRMED_BEFORE -> new BroadcastResult.Accepted();
      case LASTING -> new BroadcastResult.Rejected(true, brief(answer.text()));
      case PASSING -> new BroadcastResult.Rejected(false, brief(answer.text()));
      case AMBIGUOUS -> resolved(transaction, answer.text());
    };
  }

  /** Missing inputs have four meanings; the chain decides which, never the answer to a send. */
  private BroadcastResult resolved(Transaction transaction, String text) {
    if (transaction(transaction.txid()).isPresent()) {
      return new BroadcastResult.Accepted();
    }
    for (Transaction.Input input : transaction.inputs()) {
      if (transaction(input.outpoint().txid()).isEmpty()) {
        return new BroadcastResult.Rejected(
            false, "output " + input.outpoint() + " is not known yet: " + brief(text));
      }
      Optional<Bytes> spender = spender(input.outpoint());
      if (spender.isPresent()) {
        boolean settled = transaction(spender.get()).map(known -> known.depth() > 0).orElse(false);
        return new BroadcastResult.Rejected(
            settled,
            "output "
                + input.outpoint()
                + " is spent by "
                + new Outpoint(spender.get(), 0).displayTxid());
      }
    }
    return new BroadcastResult.Rejected(false, brief(text));
  }

  /**
   * The fee rate that the server expects to confirm within {@code blocks} (1 to 1,008), in sat/kvB,
   * rounded up; empty while it has no data.
   */
  public OptionalLong feeRate(int blocks) {
    if (blocks < 1 || blocks > MOST_TARGET) {
      throw new IllegalArgumentException("blocks must be 1..1008, got " + blocks);
    }
    JsonNode estimates = json("fee-estimates");
    if (!estimates.isObject()) {
      throw ChainException.nonsense("the fee estimates are no object");
    }
    NavigableMap<Integer, Long> byTarget = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : estimates.properties()) {
      byTarget.put(target(each.getKey()), perKilobyte(each.getValue()));
    }
    if (byTarget.isEmpty()) {
      return OptionalLong.empty();
    }
    Map.Entry<Integer, Long> inTime = byTarget.floorEntry(blocks);
    return OptionalLong.of(inTime == null ? byTarget.firstEntry().getValue() : inTime.getValue());
  }

  private static int target(String blocks) {
    if (!blocks.matches("[1-9][0-9]{0,3}") || Integer.parseInt(blocks) > MOST_TARGET) {
      throw ChainException.nonsense("a fee estimate is for " + brief(blocks) + " blocks");
    }
    return Integer.parseInt(blocks);
  }

  /** From sat/vB with a fraction. */
  private static long perKilobyte(JsonNode rate) {
    if (!rate.isNumber()
        || rate.decimalValue().signum() < 0
        || rate.decimalValue().compareTo(MOST_RATE) > 0) {
      throw ChainException.nonsense("a fee estimate is " + brief(rate.toString()));
    }
    return rate.decimalValue().movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  @Override
  public void close() {
    http.close();
  }

  private int height() {
    String text = required("blocks/tip/height");
    if (!text.matches("[0-9]{1,9}")) {
      throw ChainException.nonsense("the tip's height is " + brief(text));
    }
    return Integer.parseInt(text);
  }

  private static int depth(JsonNode status, int height) {
    if (!status.path("confirmed").isBoolean()) {
      throw ChainException.nonsense("a status has no confirmed");
    }
    if (!status.path("confirmed").booleanValue()) {
      return 0;
    }
    long at = number(status, "block_height", MOST_HEIGHT);
    if (at > (long) height + NEW_BLOCKS) {
      throw ChainException.nonsense("block " + at + " is above the tip at " + height);
    }
    // A block may arrive between two calls; then the transaction is one deep at least.
    return (int) Math.max(1, height - at + 1);
  }

  private String required(String path) {
    return http.get(path)
        .orElseThrow(() -> ChainException.unavailable("GET " + path + " gave status 404"));
  }

  private JsonNode json(String path) {
    String text = required(path);
    try {
      return StrictJson.parse(text, LIMITS);
    } catch (MalformedJsonException malformed) {
      throw ChainException.nonsense(path + " is no JSON: " + malformed.getMessage());
    }
  }

  private static String txid(JsonNode json) {
    String text = json.path("txid").asText("");
    if (!HASH.matcher(text).matches()) {
      throw ChainException.nonsense("a txid is " + brief(text));
    }
    return text;
  }

  private static long number(JsonNode json, String field, long most) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw ChainException.nonsense("field " + field + " is " + brief(value.toString()));
    }
    long number = value.longValue();
    if (number < 0 || number > most) {
      throw ChainException.nonsense("field " + field + " must be 0.." + most + ", got " + number);
    }
    return number;
  }

  private static String brief(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= 300 ? printable : printable.substring(0, 300) + "…";
  }
}
