package org.beaconcohort.cli.cohort;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.JournalOption;
import org.beaconcohort.cli.command.KeyOption;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.evidence.EvidenceFiles;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.InputFile;
import org.beaconcohort.cli.files.LedgerFile;
import org.beaconcohort.cli.files.LedgerLock;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.files.UpdateFile;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.LastRound;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cli.result.TransactionText;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command of a member takes, and what it does before and after it takes part. */
final class MemberOptions {
  /** How a command takes part. */
  interface Part {
    /** Refuses a DID that cannot take part, before anything is said. */
    default void check(Btcr2Did own) {}

    /** The world to take part in. */
    default Outside in(Outside outside, HeldKey held) {
      return outside;
    }

    /** The x-only key to follow, 32 bytes, or empty for any. */
    default Bytes coordinator() {
      return Bytes.EMPTY;
    }

    /** Takes part until there is an outcome, or nothing more to do now. */
    Took take(Taking taking);
  }

  /**
   * What a command takes part with.
   *
   * @param key of the DID; not to be kept
   * @param several whether an earlier run was in a cohort and in one that follows it
   * @param coins where they come from
   * @param outputs where results go
   */
  record Taking(
      Report report,
      Outside outside,
      SecretKey key,
      LocalDidController controller,
      JoinPolicy policy,
      MemberKeys membership,
      boolean several,
      Coins coins,
      Path outputs) {
    /** How a member ended that has its outcome, and its files. */
    Took took(Outcome outcome, MemberRun member, String coordinate) {
      return took(
          new Memberships.Ended(outcome, coordinate, member.lastRound(), List.of()),
          member.evidence());
    }

    /** The same, of a member that may have gone over to other cohorts. */
    Took took(Memberships.Ended last, List<Evidence> evidence) {
      EvidenceFiles.write(report, outputs, evidence);
      Ending.requireAnchored(last.outcome());
      requireOwnUpdate(last.outcome());
      ResultFiles files = new ResultFiles(outputs);
      files.write(controller.resolve().history(), controller.sidecar());
      if (last.outcome() instanceof Outcome.AnchoredAlone alone) {
        return new Took.Alone(alone);
      }
      CompletedRound round = last.round().orElseThrow();
      files.write(last.coordinate(), round);
      return new Took.WithCohort(round, last.sweeps());
    }

    /** A member that did not list the address in time signs for the others and declines (N16). */
    private void requireOwnUpdate(Outcome outcome) {
      if (!controller.isWantedAnchored()) {
        throw CommandFailure.refused(
            "UPDATE_NOT_ANCHORED",
            "the cohort's rounds must anchor the update, they ended as "
                + outcome.name()
                + " without it: the document did not list the cohort's address in time",
            "see that the DID's singleton beacon has a coin, then join a cohort again with the same"
                + " update");
      }
    }
  }

  @Mixin private Reach reach = new Reach();
  @Mixin private OnChain onChain = new OnChain();
  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private KeyOption keys = new KeyOption();
  @Mixin private FallbackOption fallback = new FallbackOption();

  @Option(
      names = "--update",
      required = true,
      paramLabel = "FILE",
      description =
          "Update of the DID's current document: unsigned, as `update make` leaves it; it is made"
              + " anew and signed for the version that lists the cohort.")
  private Path update = Path.of("");

  @Option(
      names = "--rebase",
      description =
          "--update is signed but was never given to anybody: make its patch anew and sign that.")
  private boolean rebase;

  @Option(
      names = "--max-fee",
      paramLabel = "SAT",
      defaultValue = "20000",
      description = "Most a round may cost (default: ${DEFAULT-VALUE}).")
  private long maxFee = 20_000;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "New directory for the results.")
  private Path out = Path.of("");

  Reach reach() {
    return reach;
  }

  OnChain onChain() {
    return onChain;
  }

  /** The whole command. */
  ExitCode run(Report report, Part part) {
    Network network = onChain.network(reach);
    onChain.warn(report);
    keys.requireNamed();
    UpdateFile wanted = InputFile.at(update).update();
    try (HeldKey held = keys.open(KeyPurpose.DID)) {
      return join(report, held, network, part, wanted);
    }
  }

  private ExitCode join(
      Report report, HeldKey held, Network network, Part part, UpdateFile wanted) {
    int depth = onChain.confirmations();
    SecretKey key = held.key();
    Btcr2Did did = Btcr2Did.ofKey(network, key.publicKey());
    part.check(did);
    try (LedgerLock lock = LedgerLock.of(held.base());
        JournalStore store = journal.open(held.base());
        Coins coins = Coins.of(reach, network);
        EsploraChain chain = onChain.chain(reach)) {
      LedgerFile ledger = lock.ledger(did);
      SecureRandom random = new SecureRandom();
      DurableJournals journals = DurableJournals.of(store, random);
      keys.requireApart(journals.knowsCoordinator(key.xOnlyPublicKey()), "a DID's key");
      Visits.afterRestore(report, held, journals);
      Outside outside = part.in(onChain.outside(reach, chain, random).keeping(journals), held);
      List<Bytes> open = journals.openMemberships(key.xOnlyPublicKey());
      LocalDidController controller =
          new LocalDidController(
              key,
              DidHistory.ofKey(did),
              wanted(wanted),
              ledger,
              outside.chain(),
              SingletonCosts.DEFAULT,
              depth,
              random,
              listener(report, coins, held.base()));
      if (open.isEmpty()) {
        checkUpdate(wanted, controller, ledger, held.base());
      }
      Path directory = OutputFile.directory(out);
      JoinPolicy policy = fallback.policy(network, part.coordinator(), depth, maxFee);
      MemberKeys membership =
          Memberships.first(open)
              .map(id -> MemberKeys.of(key, id))
              .orElseGet(() -> MemberKeys.fresh(key, random));
      report.value("DID", did.text());
      report.value("wants", Brief.count(wanted.unsigned().patch().size(), "change"));
      report.event(
          "started",
          StrictJson.newObject()
              .put("did", did.text())
              .put("membership", membership.membership().hex())
              .put("goesOn", !open.isEmpty()));
      if (!open.isEmpty()) {
        report.note("going on with the membership that an earlier run began");
      }
      ResultFiles files = new ResultFiles(directory);
      ResultCheck check = new ResultCheck(directory, outside.chain(), depth);
      Taking taking =
          new Taking(
              report,
              outside,
              key,
              controller,
              policy,
              membership,
              open.size() > 1,
              coins,
              directory);
      switch (part.take(taking)) {
        case Took.ComeAgain later -> {
          report.note("nothing more to do now; run the same command again later");
          report.event("visit-over", StrictJson.newObject().put("did", did.text()));
          return ExitCode.COME_AGAIN;
        }
        case Took.WithCohort with -> {
          TransactionText.of(with.round()).forEach(report::line);
          check.transaction(with.round().prevout());
          check.member(did, ledger.transactions());
          ObjectNode done = LastRound.told(report, outside.chain(), with.round(), files);
          for (CompletedRound sweep : with.sweeps()) {
            done.setAll(LastRound.moved(report, outside.chain(), sweep));
          }
          report.value("output", directory.toString());
          report.done(done);
        }
        case Took.Alone alone -> {
          report.line("anchored without the cohort, which ended with " + alone.outcome().code());
          alone.outcome().txids().forEach(txid -> report.value("txid", txid));
          check.member(did, ledger.transactions());
          report.value("output", directory.toString());
          report.done(files.done(network, alone.outcome()));
        }
      }
      return ExitCode.OK;
    } catch (DuplicateInstanceException other) {
      throw JournalOption.inUse(other);
    }
  }

  private ControllerListener listener(Report report, Coins coins, Path base) {
    return new ControllerListener() {
      @Override
      public void needsCoin(String address, long satoshi) {
        coins.wanted(report, "the DID's singleton beacon", address, satoshi);
      }

      @Override
      public void handsOut(SignedUpdate handedOut) {
        report.note(
            "update to version "
                + handedOut.targetVersionId()
                + " is kept in "
                + LedgerFile.path(base));
      }

      @Override
      public void announces(SignedUpdate announced, String txid) {
        report.note(
            "version "
                + announced.targetVersionId()
                + " lists the cohort, announced by "
                + Brief.hex(txid));
      }
    };
  }

  private WantedUpdate wanted(UpdateFile file) {
    return switch (file) {
      case UpdateFile.Unsigned unsigned -> new WantedUpdate.Patch(unsigned.unsigned().patch());
      case UpdateFile.Signed signed ->
          rebase
              ? new WantedUpdate.Patch(signed.unsigned().patch())
              : new WantedUpdate.Signed(signed.update());
    };
  }

  /** Refuses before anything is said or spent what could not be anchored in the end. */
  private void checkUpdate(
      UpdateFile file, LocalDidController controller, LedgerFile ledger, Path base) {
    DidHistory history = controller.resolve().history();
    checkNothingOpen(ledger, history, base);
    boolean made = file instanceof UpdateFile.Unsigned || rebase;
    if (made) {
      checkMadeFor(file.unsigned(), history);
    }
    try {
      controller.checkWanted();
    } catch (UpdateRefusedException refused) {
      throw CommandFailure.badInput(
          update + ": " + refused.refusal() + ": " + refused.getMessage(),
          made
              ? "make the update anew on the current document"
              : "listing the cohort takes version "
                  + (history.versionId() + 1)
                  + ": hand in the unsigned update of `update make`, or, if this one was never"
                  + " given to anybody, pass --rebase");
    }
  }

  /** No new cohort can be listed while another update of the next version is out (R20). */
  private void checkNothingOpen(LedgerFile ledger, DidHistory history, Path base) {
    int next = history.versionId() + 1;
    Optional<SignedUpdate> open = ledger.handedOut(next);
    if (open.isPresent()) {
      throw CommandFailure.refused(
          "VERSION_HANDED_OUT",
          "version "
              + next
              + " of "
              + history.did()
              + " must not have been handed out yet, it was, with update "
              + open.get().hash(),
          "keep "
              + LedgerFile.path(base)
              + ", wait until that update is anchored, then make the update anew and join again");
    }
  }

  private void checkMadeFor(UnsignedUpdate made, DidHistory history) {
    DidDocument current = history.current();
    if (!made.sourceHash().equals(current.documentHash())
        || made.targetVersionId() != history.versionId() + 1) {
      throw CommandFailure.badInput(
          update
              + " must be made from version "
              + history.versionId()
              + " of "
              + history.did()
              + " with document hash "
              + current.documentHash()
              + ", got one to version "
              + made.targetVersionId()
              + " from document hash "
              + made.sourceHash(),
          "make the update anew: beacon-cohort update make --did "
              + history.did()
              + (history.versionId() == 1
                  ? ""
                  : " --document FILE --document-version " + history.versionId()));
    }
  }
}
