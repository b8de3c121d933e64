package org.beaconcohort.adapter.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
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
  private static final long MOST_HEIGHT = 100_000_000;

  private final EsploraHttp http;

  /** The server at {@code url}, for instance {@code http://127.0.0.1:3000}. */
  public EsploraChain(String url) {
    this.http = new EsploraHttp(url);
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
    int height = height();
    List<Utxo> found = new ArrayList<>();
    for (JsonNode each : json("address/" + address + "/utxo")) {
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
