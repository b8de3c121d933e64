package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cli.exit.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
  private static final String COMMANDS =
      """
      demo
      coordinator
      coordinator run
      coordinator stand-by
      participant
      participant join
      participant lead
      participant pair
      update
      update make
      update sign
      keys
      keys create
      keys import
      keys export
      keys list
      keys passwd
      keys backup
      keys restore
      relay
      chain
      chain fund
      chain mine
      journal
      journal check
      journal list
      journal show
      journal stats
      journal export
      journal import
      journal archive
      journal halts
      journal clear-halt
      journal accept-rollback
      evidence
      evidence verify
      reliability
      reliability show
      reliability forecast
      reliability ban-by
      reliability forget
      bench
      bench musig2
      bench journal
      """;

  @Test
  void everyCommandHasHelpWithExamplesAndExitCodes() {
    for (String command : COMMANDS.lines().toList()) {
      Shell help = Shell.run(with(command, "--help"));
      assertEquals(0, help.status(), command);
      assertTrue(help.out().contains("Usage: beacon-cohort " + command), command);
      assertTrue(help.out().contains("Example"), command);
      for (ExitCode code : ExitCode.values()) {
        assertTrue(help.out().contains(code.meaning()), command + ": " + code);
      }
    }
  }

  @Test
  void everyCommandSaysItsVersion() {
    for (String command : COMMANDS.lines().toList()) {
      Shell version = Shell.run(with(command, "--version"));
      assertEquals(0, version.status(), command);
      assertTrue(version.out().startsWith("beacon-cohort "), command + ": " + version.out());
    }
  }

  @Test
  void exitCodesNeverChangeTheirMeaning() {
    List<String> codes = new ArrayList<>();
    for (ExitCode code : ExitCode.values()) {
      codes.add(code + " " + code.status());
    }
    assertEquals(
        List.of(
            "OK 0",
            "USAGE 2",
            "REFUSED 3",
            "MAY_STILL_CONFIRM 4",
            "HALTED 5",
            "BAD_INPUT 65",
            "UNAVAILABLE 69",
            "INTERNAL 70",
            "COME_AGAIN 75"),
        codes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "coordinator",
        "participant",
        "update",
        "bench",
        "evidence",
        "evidence verify",
        "reliability",
        "reliability show",
        "reliability forecast x --wanted 100",
        "reliability ban-by x",
        "reliability forget x",
        "journal",
        "journal check",
        "journal check --journal jdbc:h2:x",
        "journal check --journal jdbc:sqlite::memory:",
        "journal show --journal x",
        "journal import --journal x",
        "journal clear-halt --journal x --key k --operator me",
        "journal clear-halt --journal x --key k --operator me --because \u0007",
        "journal accept-rollback --journal x --identity k --because y",
        "keys",
        "keys create --keystore x",
        "keys create --keystore x --name ../y",
        "keys create --keystore x --name y --purpose channel",
        "keys create --keystore x --name y --password-fd z",
        "keys import --keystore x --name y --format nsec --secret-fd 0",
        "keys import --keystore x --name y",
        "keys list",
        "keys passwd",
        "keys backup --keystore x",
        "keys restore --keystore x",
        "participant join --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --keystore x"
            + " --update README.md --out never",
        "coordinator run --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --min 2 --max 2"
            + " --name x --out target/never",
        "coordinator run --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --min 2 --max 2"
            + " --succeeds 00 --out target/never",
        "coordinator run --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --min 2 --max 2"
            + " --rounds 65 --out target/never",
        "participant join --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --key-file x"
            + " --update README.md --stay --leave --out never",
        "participant join --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --key-file x"
            + " --update README.md --stay --sealed --once --out never",
        "update make --keystore x --patch y --out z",
        "nonsense",
        "demo --participants",
        "demo --participants many",
        "demo --participants 1",
        "demo --participants 17",
        "demo --relay http://example.org --out target/never",
        "demo --chain ws://example.org --out target/never",
        "coordinator run --relay ws://127.0.0.1:1",
        "coordinator stand-by --coordinate 34640:00:x --relay ws://127.0.0.1:1"
            + " --chain http://127.0.0.1:1 --key-file k --out target/never",
        "coordinator stand-by --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --key-file k"
            + " --out target/never --fee-rate 999 --coordinate"
            + " 34640:4db8b86e914ceb2dd421212745177cb178856f234c66f297385e4fc6a093ceb0:x",
        "participant join",
        "update make --out x",
        "update make --did nonsense --patch x --out y",
        "update make --did did:btcr2:k1 --key-file k --patch x --out y",
        "relay --port 65536",
        "chain --block-every -1",
        "chain fund bcrt1q 1",
        "chain fund bcrt1q/../mine 1 --chain http://127.0.0.1:1",
        "chain fund % 1 --chain http://127.0.0.1:1",
        "chain mine 1 --chain http://127.0.0.1:1/%zz",
        "chain mine many --chain http://127.0.0.1:1",
        "@.",
        "@",
        "bench musig2 --sizes 1",
        "bench musig2 --sizes 10001",
        "bench musig2 --sizes many",
        "bench musig2 --sizes 2,2",
        "bench musig2 --sizes ,",
        "bench musig2 --sizes 2 --seconds -1",
        "bench musig2 --sizes 2 --seconds 3601"
      })
  void aWrongCommandLineIsExitTwoAndSaysWhatToDo(String line) {
    Shell wrong = Shell.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertEquals(2, wrong.status(), line + "\n" + wrong.all());
    assertTrue(wrong.err().startsWith("beacon-cohort: "), wrong.err());
    assertTrue(wrong.err().contains("\n  next: "), wrong.err());
    assertEquals("", wrong.out());
  }

  @Test
  void aWordWithAnAtSignStandsForNoFile(@TempDir Path directory) throws IOException {
    Path keyFile = Files.writeString(directory.resolve("key"), "secret digits");
    Shell wrong = Shell.run("@" + keyFile);
    assertEquals(2, wrong.status(), wrong.all());
    assertFalse(wrong.all().contains("secret"), wrong.all());
  }

  @Test
  void aMistypedCommandIsGuessed() {
    assertTrue(Shell.run("demos").err().contains("beacon-cohort demo"));
  }

  private static final String LEAD =
      "coordinator run --min 2 --max 2 --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1"
          + " --out never";
  private static final String JOIN =
      "participant join --relay ws://127.0.0.1:1 --chain http://127.0.0.1:1 --key-file k"
          + " --update u --out never";

  @Test
  void mainnetTakesASecondWord() {
    for (String command : List.of(LEAD, JOIN)) {
      Shell refused = Shell.run(with(command, "--network", "bitcoin"));
      assertEquals(3, refused.status(), refused.all());
      assertTrue(refused.err().contains("MAINNET"), refused.err());
      assertTrue(refused.err().contains("add --mainnet"), refused.err());
      Shell agreed = Shell.run(with(command, "--network", "bitcoin", "--mainnet"));
      assertFalse(agreed.err().contains("MAINNET"), agreed.err());
      Shell mixed = Shell.run(with(command, "--network", "signet", "--mainnet"));
      assertEquals(2, mixed.status(), mixed.all());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "mainnet", "Bitcoin", "testnet"})
  void aNetworkThatTheSpecificationDoesNotNameIsAMistake(String network) {
    for (String command : List.of(LEAD, JOIN)) {
      Shell wrong = Shell.run(with(command, "--network", network));
      assertEquals(2, wrong.status(), wrong.all());
      assertTrue(wrong.err().contains("got " + network), wrong.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"signet", "testnet3", "testnet4", "mutinynet"})
  void aCoordinatorWithoutAKeyFileStaysOnRegtest(String network) {
    Shell refused = Shell.run(with(LEAD, "--network", network));
    assertEquals(2, refused.status(), refused.all());
    assertTrue(refused.err().contains("--key-file"), refused.err());
  }

  @Test
  void theFaucetIsOfRegtest() {
    Shell refused = Shell.run(with(LEAD, "--network", "signet", "--key-file", "k", "--faucet"));
    assertEquals(2, refused.status(), refused.all());
    assertTrue(refused.err().contains("FAUCET"), refused.err());
  }

  @Test
  void withJsonAFailureIsTheLastLineToo() {
    Shell wrong = Shell.run("demo", "--participants", "1", "--json");
    assertEquals(2, wrong.status());
    assertEquals("failed", wrong.lines().getLast().path("event").asText());
    assertEquals(2, wrong.lines().getLast().path("exit").asInt());
    assertFalse(wrong.lines().getLast().path("next").asText().isEmpty());
  }

  private static String[] with(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
