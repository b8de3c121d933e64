package org.beaconcohort.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.regtest.ChainUrl;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** The address of a chain source under mutation. */
final class WiringFuzzTest {
  @Test
  void aTextIsAChainUrlOrRefused() {
    List<String> urls =
        List.of(
            "http://127.0.0.1:3002", "https://user@Chain.Example/a%20b/", "http://[::1]:80/api");
    Fuzz.ofText("Wiring.chain", urls)
        .refusing(CommandFailure.class)
        .run(text -> {
          Wiring.unasked(text).close();
          URI.create(ChainUrl.checked(text) + "/regtest/mine/1");
        });
  }

  /** Found by fuzzing: {@code URI} takes names of any length, OkHttp does not. */
  @Test
  void aHostWithALongNameIsAUsageError() {
    String url = "http://" + "a".repeat(64) + ".example";
    CommandFailure refused =
        assertThrows(CommandFailure.class, () -> Wiring.chain(url, Network.REGTEST));
    assertEquals(ExitCode.USAGE, refused.exitCode());
  }
}
