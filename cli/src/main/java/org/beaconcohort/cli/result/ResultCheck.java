package org.beaconcohort.cli.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.beaconcohort.adapter.controller.SignalResolution;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.BeaconTransaction;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Reads the files of a round again and checks what they must prove, from the bytes on the disk and
 * the chain alone.
 */
public final class ResultCheck {
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
   * The transaction is a key-path spend of {@code beacon} with a valid signature, confirmed, and
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
    require(
        "inputs and witness items",
        "1 and 1",
        transaction.inputs().size() + " and " + witness.size());
    Bytes outputKey = beacon.script().slice(2, 34);
    Bytes sighash = BeaconTransaction.of(unsigned(transaction), beacon).keyPathSighash();
    require(
        "key-path signature verifies",
        "true",
        String.valueOf(Schnorr.verify(outputKey, sighash, witness.get(0))));
    boolean confirmed =
        chain.transaction(transaction.txid()).filter(known -> known.depth() >= depth).isPresent();
    require("transaction is confirmed", "true", String.valueOf(confirmed));
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
