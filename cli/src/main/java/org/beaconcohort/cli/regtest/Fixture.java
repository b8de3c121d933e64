package org.beaconcohort.cli.regtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;

/** The faucet and the miner of {@code beacon-cohort chain}, over its two additions to Esplora. */
public final class Fixture {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z]{1,100}");
  private static final JsonLimits ANSWER = new JsonLimits(64 * 1024, 8);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;

  /**
   * The fixture at a base URL.
   *
   * @throws CommandFailure usage, if it is no http URL
   */
  public Fixture(String url) {
    this.url = ChainUrl.checked(url);
  }

  /** Pays an address and mines a block; the txid in display order. */
  public String fund(String address, long satoshi) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "ADDRESS",
          "address must be letters and digits, got " + brief(address),
          "give a regtest address, bcrt1...");
    }
    String answer = call("POST", "/regtest/fund/" + address + "/" + satoshi);
    return parse(answer, "txid", json -> JsonFields.text(json, "txid", "answer of the faucet"));
  }

  /** Mines blocks; the height of the tip. */
  public int mine(int blocks) {
    String answer = call("POST", "/regtest/mine/" + blocks);
    return parse(
        answer,
        "height",
        json -> JsonFields.integer(json, "height", 0, Integer.MAX_VALUE, "answer of the miner"));
  }

  /** Transactions that wait for a block. */
  public int waiting() {
    String answer = call("GET", "/mempool");
    return parse(
        answer,
        "count",
        json -> JsonFields.integer(json, "count", 0, Integer.MAX_VALUE, "answer of the mempool"));
  }

  /** What {@code reader} finds in an answer, whose {@code field} errors name. */
  <T> T parse(String answer, String field, Function<ObjectNode, T> reader) {
    try {
      return reader.apply(StrictJson.parseObject(answer, ANSWER, "answer of the chain"));
    } catch (MalformedJsonException other) {
      throw CommandFailure.unavailable(
          "chain at " + url + " must answer with \"" + field + "\": " + other.getMessage(),
          "give the URL of a running: beacon-cohort chain");
    }
  }

  private String call(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      String answer = start(response.body());
      if (response.statusCode() == 200) {
        return answer;
      }
      if (response.statusCode() == 400) {
        throw new CommandFailure(
            ExitCode.REFUSED,
            "FIXTURE_REFUSED",
            "the chain fixture refuses " + path + ": " + brief(answer),
            "check address and amount");
      }
      throw CommandFailure.unavailable(
          "chain at "
              + url
              + " must have a regtest faucet, it answers "
              + response.statusCode()
              + " to "
              + path,
          "give the URL of a running: beacon-cohort chain");
    } catch (IOException unreachable) {
      throw CommandFailure.unavailable(
          "chain at " + url + " cannot be reached: " + unreachable.getClass().getSimpleName(),
          "start one with: beacon-cohort chain");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unavailable("interrupted while asking the chain", "run it again");
    }
  }

  /** One byte more than is ever read, however long the answer is. */
  private static String start(InputStream answer) throws IOException {
    try (answer) {
      return new String(answer.readNBytes(ANSWER.maxBytes() + 1), StandardCharsets.UTF_8);
    }
  }

  private static String brief(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "..";
  }
}
