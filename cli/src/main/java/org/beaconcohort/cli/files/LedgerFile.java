package org.beaconcohort.cli.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What must never be forgotten about a DID (R20), beside its key file: every update that was handed
 * out, and what may announce it. On the disk before anything leaves the process.
 */
public final class LedgerFile extends InMemoryLedger {
  private static final JsonLimits LIMITS = new JsonLimits(16 * 1024 * 1024, 40);
  private static final String WHAT = "update ledger";

  private final Path path;
  private final Btcr2Did did;
  private boolean loading;

  private LedgerFile(Path path, Btcr2Did did) {
    this.path = path;
    this.did = did;
  }

  /** The ledger beside a key file, which need not exist yet. */
  public static LedgerFile beside(Path keyFile, Btcr2Did did) {
    Path path = path(keyFile);
    return Files.exists(path)
        ? read(path, did, InputFile.at(path).text(LIMITS))
        : new LedgerFile(path, did);
  }

  /** The ledger of this content. */
  static LedgerFile read(Path path, Btcr2Did did, String text) {
    return InputFile.at(path).parsed("an update ledger", text, new LedgerFile(path, did)::load);
  }

  /** Where the ledger of a key file is. */
  public static Path path(Path keyFile) {
    return keyFile.resolveSibling(keyFile.getFileName() + ".updates.json");
  }

  /** The update handed out for a version, if there is one. */
  public Optional<SignedUpdate> handedOut(int versionId) {
    return handedOut().stream().filter(update -> update.targetVersionId() == versionId).findFirst();
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  protected void recorded() {
    if (!loading) {
      try {
        OutputFile.json(path, json());
      } catch (CommandFailure cannotWrite) {
        throw new LedgerFailure(cannotWrite);
      }
    }
  }

  private ObjectNode json() {
    ObjectNode json = StrictJson.newObject().put("did", did.text());
    ArrayNode updates = json.putArray("updates");
    handedOut().forEach(update -> updates.add(update.json()));
    ArrayNode announcements = json.putArray("casUpdates");
    announcements().forEach(announcement -> announcements.add(announcement.json()));
    ArrayNode transactions = json.putArray("transactions");
    transactions().forEach(txid -> transactions.add(new Outpoint(txid, 0).displayTxid()));
    return json;
  }

  private LedgerFile load(String text) {
    ObjectNode json = StrictJson.parseObject(text, LIMITS, WHAT);
    JsonFields.onlyKnown(json, Set.of("did", "updates", "casUpdates", "transactions"), WHAT);
    String found = JsonFields.text(json, "did", WHAT);
    if (!found.equals(did.text())) {
      throw new MalformedJsonException(WHAT + " must be of " + did + ", got " + found);
    }
    loading = true;
    JsonFields.optionalObjects(json, "updates", WHAT)
        .forEach(update -> handOut(SignedUpdate.of(update)));
    List<CasAnnouncement> announcements =
        JsonFields.optionalObjects(json, "casUpdates", WHAT).stream()
            .map(CasAnnouncement::ofJson)
            .toList();
    for (String txid : JsonFields.texts(json, "transactions", WHAT)) {
      mayBeAnnounced(txid(txid), announcements);
    }
    loading = false;
    return this;
  }

  private static Bytes txid(String display) {
    try {
      return Outpoint.ofDisplay(display, 0).txid();
    } catch (MalformedTransactionException malformed) {
      throw new MalformedJsonException(WHAT + " must hold txids: " + malformed.getMessage());
    }
  }
}
