package org.beaconcohort.cli.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.controller.SignalResolution;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.BeaconTransaction;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * Reads the files of a round again and checks what they must prove, from the bytes on the disk and
 * the chain alone.
 */
public final class ResultCheck {
  /** Bytes of a key in leaf A's script: push, key, check. */
  private static final int KEY_AND_CHECK = 34;

  /** Bytes of the control block of a tree with one leaf. */
  private static final int CONTROL = 33;

  private final Path directory;
  private final ChainBackend chain;
  private final int depth;

  /** A check that counts transactions from {@code depth} confirmations. */
  public ResultCheck(Path directory, ChainBackend chain, int depth) {
    this.directory = directory;
    this.chain = chain;
    this.depth = depth;
  }

  /**
   * The transaction spends {@code beacon} with a valid signature, or k of leaf A, is confirmed, and
   * its last output is {@code 6a20} and the SHA-256 of the announcement file.
   *
   * @throws CommandFailure internal, naming what does not hold
   */
  public void transaction(TxOutput beacon) {
    Transaction transaction = Transaction.parseHex(text(ResultFiles.TRANSACTION).strip());
    Bytes announcement = bytes(ResultFiles.ANNOUNCEMENT);
    Bytes hash = TaggedHash.sha256(announcement);
    require("last output", SignalOutput.of(hash).toString(), transaction.lastOutput().toString());
    require(
        "announcement in canonical form",
        announcement.hex(),
        CasAnnouncement.parseCanonical(announcement).canonicalBytes().hex());
    List<Bytes> witness = transaction.inputs().get(0).witness();
    require("inputs", "1", String.valueOf(transaction.inputs().size()));
    Bytes outputKey = beacon.script().slice(2, 34);
    BeaconTransaction spend = BeaconTransaction.of(unsigned(transaction), beacon);
    boolean signed =
        witness.size() == 1
            ? Schnorr.verify(outputKey, spend.keyPathSighash(), witness.get(0))
            : isSignedByLeaf(spend, outputKey, witness);
    require("key-path or leaf signatures verify", "true", String.valueOf(signed));
    boolean confirmed =
        chain.transaction(transaction.txid()).filter(known -> known.depth() >= depth).isPresent();
    require("transaction is confirmed", "true", String.valueOf(confirmed));
  }

  /** Exactly k signatures by keys of a leaf that the output commits to. */
  private static boolean isSignedByLeaf(
      BeaconTransaction spend, Bytes outputKey, List<Bytes> witness) {
    int members = witness.size() - 2;
    Bytes script = members > 0 ? witness.get(members) : Bytes.EMPTY;
    if (script.size() <= KEY_AND_CHECK * members || witness.getLast().size() != CONTROL) {
      return false;
    }
    List<Bytes> keys = new ArrayList<>();
    int signatures = 0;
    for (int slot = 0; slot < members; slot++) {
      keys.add(script.slice(KEY_AND_CHECK * slot + 1, KEY_AND_CHECK * slot + 33));
      signatures += witness.get(members - 1 - slot).size() == 0 ? 0 : 1;
    }
    ThresholdLeaf leaf = new ThresholdLeaf(keys, Math.max(1, signatures));
    Bytes internalKey = witness.getLast().slice(1, 33);
    boolean committed =
        leaf.script().equals(script)
            && TaprootTweak.outputKey(internalKey, Optional.of(leaf.leaf().hash()))
                .xOnly()
                .equals(outputKey);
    Bytes sighash = spend.leafSighash(leaf);
    for (int slot = 0; committed && slot < members; slot++) {
      Bytes signature = witness.get(members - 1 - slot);
      committed = signature.size() == 0 || Schnorr.verify(keys.get(slot), sighash, signature);
    }
    return committed;
  }

  /**
   * A resolver that starts from the identifier gets to {@code update.json} by {@code sidecar.json}
   * and the chain.
   *
   * @param txids of transactions that may be signals, internal order
   * @throws CommandFailure internal, naming what does not hold
   */
  public void member(Btcr2Did did, Collection<Bytes> txids) {
    Path folder = new ResultFiles(directory).folder(did);
    String name = directory.relativize(folder).toString();
    SignedUpdate update = SignedUpdate.parse(text(name + "/" + ResultFiles.UPDATE));
    Sidecar sidecar = Sidecar.parse(text(name + "/" + ResultFiles.SIDECAR));
    SignalResolution resolved =
        SignalResolution.resolve(
            DidHistory.ofKey(did), sidecar.updates(), sidecar.casUpdates(), txids, chain, depth);
    require(
        "version that " + did + " resolves to",
        update.toString(),
        resolved.history().updates().isEmpty()
            ? "version 1"
            : resolved.history().updates().getLast().toString());
  }

  private static Transaction unsigned(Transaction transaction) {
    return new Transaction(
        transaction.version(),
        transaction.inputs().stream().map(input -> input.withWitness(List.of())).toList(),
        transaction.outputs(),
        transaction.lockTime());
  }

  private String text(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException unreadable) {
      throw failed(file + " cannot be read again: " + unreadable);
    }
  }

  private Bytes bytes(String file) {
    try {
      return Bytes.of(Files.readAllBytes(directory.resolve(file)));
    } catch (IOException unreadable) {
      throw failed(file + " cannot be read again: " + unreadable);
    }
  }

  private static void require(String what, String expected, String found) {
    if (!found.equals(expected)) {
      throw failed(what + " must be " + expected + ", got " + found);
    }
  }

  private static CommandFailure failed(String what) {
    return new CommandFailure(
        ExitCode.INTERNAL,
        "RESULT_WRONG",
        what,
        "do not use the result; report it with the output directory");
  }
}
