package org.beaconcohort.cli.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Outcome;

/** The files of one round in one directory. */
public final class ResultFiles {
  static final String TRANSACTION = "tx.hex";
  static final String COHORT = "cohort.json";
  static final String ANNOUNCEMENT = "cas-announcement.json";
  static final String UPDATE = "update.json";
  static final String DOCUMENT = "document.json";
  static final String SIDECAR = "sidecar.json";

  private final Path directory;

  /** The files in a directory that is there. */
  public ResultFiles(Path directory) {
    this.directory = directory;
  }

  /** Where they are. */
  public Path directory() {
    return directory;
  }

  /** {@code tx.hex}, {@code cohort.json} and the canonical {@code cas-announcement.json}. */
  public void write(String coordinate, CompletedRound round) {
    OutputFile.text(directory.resolve(TRANSACTION), round.transaction().serialize().hex() + "\n");
    OutputFile.json(directory.resolve(COHORT), CohortJson.of(coordinate, round));
    // Byte for byte what is hashed, so no line feed at its end.
    OutputFile.bytes(
        directory.resolve(ANNOUNCEMENT), round.announcement().canonicalBytes().toArray());
  }

  /**
   * {@code update.json}, which the round anchored, {@code document.json}, which it leads to, and
   * {@code sidecar.json}, in {@link #folder}.
   */
  public void write(DidHistory history, Sidecar sidecar) {
    Path folder = folder(history.did());
    OutputFile.json(folder.resolve(UPDATE), history.updates().getLast().json());
    OutputFile.json(folder.resolve(DOCUMENT), history.current().json());
    OutputFile.json(folder.resolve(SIDECAR), sidecar.json());
  }

  /** The folder of a DID: what follows {@code did:btcr2:}. */
  public Path folder(Btcr2Did did) {
    return directory.resolve(did.text().substring(did.text().lastIndexOf(':') + 1));
  }

  /** The fields of the last line for machines, when a member's singletons anchored its updates. */
  public ObjectNode done(Network network, Outcome.AnchoredAlone alone) {
    ObjectNode done =
        StrictJson.newObject()
            .put("network", network.specName())
            .put("outcome", alone.name())
            .put("code", alone.code().name())
            .put("out", directory.toString());
    ArrayNode txids = done.putArray("txids");
    alone.txids().forEach(txids::add);
    return done;
  }

  /** {@code key-path} where one signature stands for all, {@code leaf-a} where k stand alone. */
  static String spendPath(CompletedRound round) {
    return round.transaction().inputs().getFirst().witness().size() == 1 ? "key-path" : "leaf-a";
  }

  /** The fields of the last line for machines. */
  public ObjectNode done(CompletedRound round) {
    return StrictJson.newObject()
        .put("network", round.cohort().terms().network().specName())
        .put("beaconAddress", round.cohort().address())
        .put("txid", round.transaction().displayTxid())
        .put("tx", round.transaction().serialize().hex())
        .put("spendPath", spendPath(round))
        .put("signalBytes", round.announcement().signalBytes().hex())
        .put("members", round.cohort().size())
        .put("out", directory.toString());
  }
}
