package org.beaconcohort.cli.cohort;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.JournalOption;
import org.beaconcohort.cli.command.KeyOption;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.reliability.Remembered;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coordinator run}: one cohort, from announcement to its last round. */
@Command(
    name = "run",
    description = {
      "Announces a cohort, forms it, and leads its rounds, one by default, to confirmed transactions.",
      "It holds no key of the cohort: every member checks everything itself. Stay running until the"
          + " end, or, with a key of your own, run the same command again: it goes on where it was."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort coordinator run --relay ws://127.0.0.1:7777 --chain http://127.0.0.1:3002 \\",
      "      --min 2 --max 2 --faucet --out coordinator-out",
      "  beacon-cohort coordinator run --relay wss://a.example wss://b.example --chain URL \\",
      "      --min 3 --max 8 --pending-updates 4 --recruit-seconds 900 --out coordinator-out",
      "  beacon-cohort coordinator run --relay wss://a.example wss://b.example --chain URL \\",
      "      --min 3 --max 3 --rounds 8 --succeeds COHORT --out next-coordinator-out"
    })
public final class CoordinatorRunCommand extends ReportingCommand {
  @Mixin private Reach reach = new Reach();
  @Mixin private OnChain onChain = new OnChain();
  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private KeyOption keys = new KeyOption();
  @Mixin private LeafOption leaf = new LeafOption();
  @Mixin private RoundOptions rounds = new RoundOptions();

  @Option(
      names = "--min",
      required = true,
      paramLabel = "N",
      description = "Fewest members, at least 2.")
  private int min;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Most members, up to 1000, with leaf A 100; enrolment closes when they are there"
              + " (default: ${DEFAULT-VALUE}).")
  private int max;

  @Option(
      names = "--pending-updates",
      paramLabel = "N",
      defaultValue = "0",
      description = "Close enrolment when so many updates wait, 0 for never (default: 0).")
  private int pendingUpdates;

  @Option(
      names = "--successor",
      paramLabel = "KEY",
      arity = "1..*",
      description =
          "Who forms and leads the cohort if this process dies, in this order: npub or 64"
              + " hexadecimal digits of the key of a `coordinator stand-by`. It reads the channel.")
  private List<String> successors = List.of();

  @Option(
      names = "--visits",
      description =
          "Let members come and go: class SCHEDULED, nonces may be sealed (participant join --sealed"
              + " --once). Give them time with --recruit-seconds, --answer-seconds, --wait-seconds.")
  private boolean visiting;

  @Option(
      names = "--reliability",
      paramLabel = "FILE",
      description =
          "Remember who answers and who does not, by DID, and who was proved to break the rules: whom"
              + " it bans gets no seat, who was silent last is taken last (beacon-cohort reliability).")
  private Optional<Path> reliability = Optional.empty();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Most rounds, 1 to 64, each on the change of the one before. A cohort that another shall"
              + " follow needs two for that (default: ${DEFAULT-VALUE}).")
  private int mostRounds = 1;

  @Option(
      names = "--succeeds",
      paramLabel = "COHORT",
      defaultValue = "",
      description = {
        "Id of the cohort that this one follows, as its parties print it: its members that stay join"
            + " both (participant join --stay), and its last round pays this one's address.",
        "Nobody else has to pay then."
      })
  private String succeeds = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "New directory for the results.")
  private Path out = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    Network network = onChain.network(reach);
    CohortTerms terms = terms(network);
    Bytes before = before();
    if (!keys.isNamed() && network != Network.REGTEST) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "KEY_FILE",
          "network must be regtest without a key of one's own, since nobody goes on with such a"
              + " cohort, got "
              + network.specName(),
          "name the key with --keystore and --name or with --key-file");
    }
    onChain.warn(report);
    Optional<Remembered> remembered = reliability.map(Remembered::at);
    Path directory = OutputFile.directory(out);
    SecureRandom random = new SecureRandom();
    if (!keys.isNamed() && journal.isNamed()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "KEY_FILE",
          "--journal must come with a key, since nobody goes on without it",
          "name the key with --keystore and --name or with --key-file, or leave --journal out");
    }
    Optional<HeldKey> held =
        keys.isNamed() ? Optional.of(keys.open(KeyPurpose.IDENTITY)) : Optional.empty();
    SecretKey identity = held.map(HeldKey::key).orElseGet(() -> SecretKey.generate(random));
    try (Coins coins = Coins.of(reach, network);
        EsploraChain chain = onChain.chain(reach)) {
      Outside outside = onChain.outside(reach, chain, random);
      Led led =
          new Led(
              report, "coordinator", identity, coins, directory, onChain.confirmations(), before);
      if (held.isPresent()) {
        keep(led, remembered, outside, terms, held.get().base());
      } else {
        lead(led, remembered, outside, newIdentifier(random), terms);
      }
      return ExitCode.OK;
    } catch (DuplicateInstanceException other) {
      throw JournalOption.inUse(other);
    } finally {
      identity.destroy();
    }
  }

  /** With a journal: begins a cohort, or goes on with the one that an earlier run announced. */
  private void keep(
      Led led, Optional<Remembered> remembered, Outside world, CohortTerms terms, Path base) {
    try (JournalStore store = journal.open(base)) {
      DurableJournals journals = DurableJournals.of(store, world.random());
      Bytes identity = led.identity().xOnlyPublicKey();
      keys.requireApart(journals.knowsMember(identity), "a coordinator's identity");
      Outside outside = world.keeping(journals);
      List<String> open = journals.openCoordinations(identity);
      if (open.isEmpty()) {
        lead(led, remembered, outside, newIdentifier(world.random()), terms);
        return;
      }
      String identifier = open.getLast();
      led.report().note("going on with " + identifier + ", which an earlier run announced");
      lead(
          led,
          remembered,
          outside,
          identifier,
          CoordinatorRun.announcedTerms(outside, led.identity(), identifier, terms).orElse(terms));
    }
  }

  private static String newIdentifier(SecureRandom random) {
    byte[] name = new byte[4];
    random.nextBytes(name);
    return "cohort-" + Bytes.of(name).hex();
  }

  private void lead(
      Led led,
      Optional<Remembered> remembered,
      Outside outside,
      String identifier,
      CohortTerms terms) {
    led.lead(
        outside,
        SignedStatement.coordinate(led.identity().xOnlyPublicKey(), identifier),
        listener ->
            CoordinatorRun.start(
                outside,
                led.identity(),
                identifier,
                terms,
                rounds.feeRate(),
                led.before(),
                remembered.map(Remembered::admission).orElse(Admission.EVERYBODY),
                listener),
        run -> remembered.ifPresent(record -> record.add(led.report(), run)));
  }

  private CohortTerms terms(Network network) {
    return rounds.terms(
        network,
        reach,
        onChain,
        plain ->
            new CohortTerms(
                plain.network(),
                plain.beaconType(),
                min,
                max,
                plain.maxDidsPerMember(),
                pendingUpdates,
                leaf.leafA(),
                leaf.order(),
                visiting ? CohortTerms.SignerClass.SCHEDULED : plain.signerClass(),
                visiting ? CohortTerms.NonceCustody.SEALED : plain.custody(),
                visiting ? plain.deadlines().probing(Duration.ZERO) : plain.deadlines(),
                plain.fees(),
                plain.funder(),
                plain.minFunding(),
                plain.confirmations(),
                mostRounds,
                plain.relays(),
                successors.stream()
                    .map(key -> PublicKeyText.read("SUCCESSOR", "successor", key))
                    .toList(),
                leaf.policy(),
                plain.extensions()));
  }

  private Bytes before() {
    if (!succeeds.isEmpty() && !succeeds.matches("[0-9a-f]{64}")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "SUCCEEDS",
          "--succeeds must be a cohort's id, 64 lower-case hexadecimal digits, got " + succeeds,
          "copy it from where a party of that cohort printed it");
    }
    return Bytes.ofHex(succeeds);
  }
}
