package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.files.KeyFile;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.curve.SecretKey;

/** Commands of one cohort over a relay and a chain of its own, and what they leave behind. */
final class CohortScene implements AutoCloseable {
  private static final JsonLimits LINE = new JsonLimits(1024 * 1024, 16);

  private final Path directory;
  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain fixture = FixtureChain.start(0);
  private final EsploraChain chain = new EsploraChain(fixture.url());

  /** Keys and updates of these members, and the coordinator's key, in {@code directory}. */
  CohortScene(Path directory, List<String> members) {
    this.directory = directory;
    make(directory, "coordinator-identity");
    members.forEach(name -> make(directory, name));
  }

  /** A new key and an unsigned update of its DID, {@code NAME.key} and {@code NAME.json}. */
  static void make(Path directory, String name) {
    Shell made =
        Shell.run(
            "update",
            "make",
            "--new-key",
            "--key-file",
            directory.resolve(name + ".key").toString(),
            "--add-service",
            "web,LinkedDomains,https://" + name + ".example",
            "--out",
            directory.resolve(name + ".json").toString());
    assertEquals(0, made.status(), made.all());
  }

  /** {@code coordinator run} for so many members, with a journal. */
  List<String> coordinator(int members, String... more) {
    return coordinator("coordinator", members, more);
  }

  /** As above, of another coordinator, whose key is {@code NAME-identity.key}. */
  List<String> coordinator(String name, int members, String... more) {
    return reaching(
        List.of(more),
        "coordinator",
        "run",
        "--min",
        "" + members,
        "--max",
        "" + members,
        "--key-file",
        path(name + "-identity.key"),
        "--out",
        path(name));
  }

  /** {@code participant join}, with a journal. */
  List<String> participant(String name, String... more) {
    return participant("join", name, List.of(more));
  }

  /** {@code participant pair} with another member of this scene, with a journal. */
  List<String> pair(String name, String other, String... more) {
    List<String> all = new ArrayList<>(List.of("--with", did(other)));
    all.addAll(List.of(more));
    return participant("pair", name, all);
  }

  /** {@code participant lead} for so many members, with a journal. */
  List<String> lead(String name, int members) {
    return participant("lead", name, List.of("--min", "" + members, "--max", "" + members));
  }

  /** The DID of a key of this scene. */
  String did(String name) {
    SecretKey key = KeyFile.read(directory.resolve(name + ".key"));
    return Btcr2Did.ofKey(Network.REGTEST, key.publicKey()).text();
  }

  private List<String> participant(String subcommand, String name, List<String> more) {
    return reaching(
        more,
        "participant",
        subcommand,
        "--key-file",
        path(name + ".key"),
        "--update",
        path(name + ".json"),
        "--out",
        path(name));
  }

  private List<String> reaching(List<String> more, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--json", "--faucet", "--relay", relay.url(), "--chain", fixture.url()));
    all.addAll(more);
    return all;
  }

  /** Runs a command in this process until it ends. */
  static Shell run(List<String> command) {
    return Shell.run(command.toArray(new String[0]));
  }

  /** As above; {@code seen} gets every line as it is printed. */
  static int run(List<String> command, Consumer<ObjectNode> seen) {
    Writer lines =
        new Writer() {
          private final StringBuilder line = new StringBuilder();

          @Override
          public void write(char[] text, int from, int length) {
            for (int i = from; i < from + length; i++) {
              if (text[i] != '\n') {
                line.append(text[i]);
              } else {
                seen.accept(StrictJson.parseObject(line.toString(), LINE, "line"));
                line.setLength(0);
              }
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    return Shell.run(lines, command.toArray(new String[0]));
  }

  /** Pays an address; a faucet's miner makes the block. */
  void pay(String address, long satoshi) {
    Shell paid = Shell.run("chain", "fund", address, "" + satoshi, "--chain", fixture.url());
    assertEquals(0, paid.status(), paid.all());
  }

  /** The document that a member's command left, as its text. */
  String document(String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      return Files.readString(
          files.filter(file -> file.endsWith("document.json")).findFirst().orElseThrow());
    }
  }

  EsploraChain chain() {
    return chain;
  }

  /** The independent checker over relay, chain and every journal; what it looked at. */
  IndependentCheck.Result check(String where) throws IOException {
    List<Path> journals;
    try (Stream<Path> files = Files.list(directory)) {
      journals = files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
    assertTrue(journals.size() > 1, "journals must be there, got " + journals);
    return IndependentCheck.require(RelayEvidence.of(relay, chain, journals), where);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** The txid that a command printed last. */
  static String txid(Shell shell) {
    assertEquals(0, shell.status(), shell.all());
    return shell.lines().getLast().path("txid").asText();
  }

  @Override
  public void close() {
    chain.close();
    relay.close();
    fixture.close();
  }
}
