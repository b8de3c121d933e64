package org.beaconcohort.cohort.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.musig2.bytes.Bytes;

/** A controller that is another's but for what a subclass changes. */
public abstract class OtherDid implements DidController {
  private final SimDid did;

  protected OtherDid(SimDid did) {
    this.did = did;
  }

  protected SimDid did() {
    return did;
  }

  @Override
  public List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime) {
    return did.documents(cohort, round, medianTime);
  }

  @Override
  public List<String> dids() {
    return did.dids();
  }

  @Override
  public String genesisDocument(String asked) {
    return did.genesisDocument(asked);
  }

  @Override
  public Bytes prove(String asked, Bytes message) {
    return did.prove(asked, message);
  }

  @Override
  public int pendingUpdates() {
    return did.pendingUpdates();
  }

  @Override
  public void list(Cohort cohort) {
    did.list(cohort);
  }

  @Override
  public void succeed(Cohort current, Optional<Cohort> next) {
    did.succeed(current, next);
  }

  @Override
  public void prepareFallback() {
    did.prepareFallback();
  }

  @Override
  public List<OfferedUpdate> offerAlone() {
    return did.offerAlone();
  }

  @Override
  public List<Bytes> anchorAlone(List<OfferedUpdate> updates) {
    return did.anchorAlone(updates);
  }
}
