package org.beaconcohort.adapter.controller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.Known;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Resolves one DID from sidecar data and the transactions said to announce its updates. Nothing is
 * believed: an update counts when its transaction is confirmed deep enough, spends from an address
 * that the document before it lists as a beacon, and ends in the beacon's signal of it.
 *
 * @param history the versions that count
 * @param signals of versions 2, 3 and so on
 */
public record SignalResolution(DidHistory history, List<Signal> signals) {
  /**
   * What announced a version.
   *
   * @param txid internal order, 32 bytes
   * @param depth confirmations
   */
  public record Signal(Bytes txid, int depth) {}

  /** Copies the list. */
  public SignalResolution {
    signals = List.copyOf(signals);
    if (history.versionId() != signals.size() + 1) {
      throw new IllegalArgumentException(
          "signals must be one per version after the first, "
              + (history.versionId() - 1)
              + ", got "
              + signals.size());
    }
  }

  /**
   * The DID as {@code chain} has it.
   *
   * @param start the history of version 1
   * @param updates in any order, also such as were never announced
   * @param announcements of cohorts
   * @param txids of transactions that may be signals, internal order
   * @param depth confirmations from which a signal counts, at least 1
   * @throws org.beaconcohort.cohort.did.UpdateRefusedException if a signal announces an update that
   *     does not apply
   */
  public static SignalResolution resolve(
      DidHistory start,
      Collection<SignedUpdate> updates,
      Collection<CasAnnouncement> announcements,
      Collection<Bytes> txids,
      ChainBackend chain,
      int depth) {
    List<Known> confirmed = new ArrayList<>();
    for (Bytes txid : txids) {
      chain.transaction(txid).filter(known -> known.depth() >= depth).ifPresent(confirmed::add);
    }
    SidecarData data = new SidecarData(updates, announcements);
    SignalResolution resolution = new SignalResolution(start, List.of());
    Optional<SignalResolution> next = Optional.of(resolution);
    while (next.isPresent()) {
      resolution = next.get();
      next = resolution.step(data, confirmed, chain);
    }
    return resolution;
  }

  /** Confirmations of the update that lists a beacon; as {@code Survey.Document} has it. */
  public int listedDepth(String address, BeaconType type) {
    if (!history.current().lists(address, type)) {
      return 0;
    }
    int since = history.versionId();
    while (since > 1 && version(since - 1).current().lists(address, type)) {
      since--;
    }
    return since == 1 ? Integer.MAX_VALUE : signals.get(since - 2).depth();
  }

  private DidHistory version(int versionId) {
    DidHistory first =
        history.genesisDocument().isPresent()
            ? DidHistory.ofGenesis(history.did(), history.genesisDocument().get())
            : DidHistory.ofKey(history.did());
    return first.with(history.updates().subList(0, versionId - 1));
  }

  private Optional<SignalResolution> step(
      SidecarData data, List<Known> confirmed, ChainBackend chain) {
    for (Known known : confirmed) {
      for (BeaconService beacon : beaconsSpentFrom(known.transaction(), chain)) {
        Optional<SignedUpdate> update =
            data.announced(beacon.type(), known.transaction(), history.did())
                .filter(each -> history.standingOf(each) == DidHistory.Standing.NEXT);
        if (update.isPresent()) {
          List<Signal> more = new ArrayList<>(signals);
          more.add(new Signal(known.transaction().txid(), known.depth()));
          return Optional.of(new SignalResolution(history.with(update.get()), more));
        }
      }
    }
    return Optional.empty();
  }

  /** The beacons of the current document that own an input. */
  private List<BeaconService> beaconsSpentFrom(Transaction transaction, ChainBackend chain) {
    List<Bytes> scripts = new ArrayList<>();
    for (Transaction.Input input : transaction.inputs()) {
      if (!input.outpoint().isCoinbase()) {
        chain
            .transaction(input.outpoint().txid())
            .map(Known::transaction)
            .filter(before -> input.outpoint().vout() < before.outputs().size())
            .map(before -> before.outputs().get(input.outpoint().vout()))
            .map(TxOutput::script)
            .ifPresent(scripts::add);
      }
    }
    return history.current().beaconServices().stream()
        .filter(beacon ->
            BeaconScript.of(beacon, history.did().network()).filter(scripts::contains).isPresent())
        .toList();
  }

  private record SidecarData(
      Collection<SignedUpdate> updates, Collection<CasAnnouncement> announcements) {
    Optional<SignedUpdate> announced(BeaconType type, Transaction transaction, Btcr2Did did) {
      Optional<Bytes> signal = SignalOutput.of(transaction);
      return switch (type) {
        case SINGLETON -> signal.flatMap(this::update);
        case CAS -> signal.flatMap(bytes -> entry(bytes, did)).flatMap(this::update);
        case SMT -> Optional.empty();
      };
    }

    private Optional<Bytes> entry(Bytes signal, Btcr2Did did) {
      return announcements.stream()
          .filter(announcement -> announcement.signalBytes().value().equals(signal))
          .findFirst()
          .flatMap(announcement -> announcement.updateHash(did));
    }

    private Optional<SignedUpdate> update(Bytes hash) {
      return updates.stream().filter(update -> update.hash().equals(hash)).findFirst();
    }
  }
}
