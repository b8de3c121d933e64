package org.beaconcohort.adapter.api;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.keystore.KeyReuse;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A whole round with keys of a keystore whose password comes on standard input. All live objects
 * are dumped at its end, and again when everything is closed, and still referred to; planted
 * secrets stay.
 */
final class SecretsProcess {
  /** What was closed and must hold nothing any more. */
  private static final List<Object> CLOSED = new ArrayList<>();

  /** What must be found. */
  private static final List<Object> PLANTED = new ArrayList<>();

  private final Path folder;
  private final MemoryRelays relays = new MemoryRelays();
  private final SharedChain chain = new SharedChain();
  private final CompletableFuture<Cohort> formed = new CompletableFuture<>();
  private final List<JournalStore> stores = new ArrayList<>();
  private final List<Draws> draws = new ArrayList<>();

  private SecretsProcess(Path folder) {
    this.folder = folder;
  }

  /**
   * {@code FOLDER}: holds {@code keys}, gets {@code open.hprof}, {@code closed.hprof}, and a
   * journal for each member.
   */
  public static void main(String[] arguments) throws Exception {
    new SecretsProcess(Path.of(arguments[0])).run();
    System.exit(0);
  }

  private void run() throws Exception {
    Outside world = new Outside(relays, chain, Duration.ofMillis(20), draws("leader"));
    SecretText password = SecretText.ofUtf8(password());
    Keystore keystore =
        Keystore.open(folder.resolve("keys"), password, draws("keystore"), InstantSource.system());
    SecretKey identity = keystore.key("leader", KeyPurpose.IDENTITY, KeyReuse.REFUSED);
    SecretKey alice = keystore.key("alice", KeyPurpose.DID, KeyReuse.REFUSED);
    SecretKey bob = keystore.key("bob", KeyPurpose.DID, KeyReuse.REFUSED);
    keystore.close();
    password.close();
    CoordinatorRun leader =
        CoordinatorRun.start(world, identity, "secrets", Simulation.terms(2, 2), 2_000, this::pay);
    MemberRun first = join("alice", alice);
    MemberRun second = join("bob", bob);
    for (CompletableFuture<Outcome> each :
        List.of(leader.outcome(), first.outcome(), second.outcome())) {
      Outcome outcome = each.get(90, TimeUnit.SECONDS);
      if (!(outcome instanceof Outcome.Anchored)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
    dump("open.hprof");
    List.of(leader, first, second).forEach(SecretsProcess::close);
    stores.forEach(JournalStore::close);
    List.of(identity, alice, bob).forEach(SecretKey::destroy);
    relays.close();
    CLOSED.addAll(List.of(password, keystore, identity, alice, bob, leader, first, second));
    Cohort cohort = formed.get();
    say("keys", String.join(",", cohort.keys().stream().map(Bytes::hex).toList()));
    say("aggregate", "0" + (2 + cohort.output().outputKeyParity()) + cohort.output().outputKey());
    plant();
    dump("closed.hprof");
    say("draws", Integer.toString(draws.stream().mapToInt(Draws::count).max().orElse(0)));
    say("closed", Integer.toString(CLOSED.size() + PLANTED.size()));
  }

  private static void close(AutoCloseable run) {
    try {
      run.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] password() throws IOException {
    try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      byte[] read = new byte[21];
      if (in.readNBytes(read, 0, read.length) != read.length) {
        throw new IOException("a password of " + read.length + " bytes must come");
      }
      return read;
    }
  }

  private Draws draws(String name) {
    Draws fresh = new Draws(name);
    draws.add(fresh);
    return fresh;
  }

  private void pay(Progress progress) {
    if (progress instanceof Progress.CohortFormed done) {
      chain.fund(done.cohort().address(), 50_000);
      formed.complete(done.cohort());
    }
  }

  private MemberRun join(String name, SecretKey key) {
    JournalStore store =
        JournalStore.open(folder.resolve(name + ".journal").toString(), JournalSettings.defaults());
    stores.add(store);
    Draws random = draws(name);
    Outside outside =
        new Outside(relays, chain, Duration.ofMillis(20), random)
            .keeping(new DurableJournals(store, Bytes.of(new byte[16])));
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    chain.fund(KeyAddress.p2tr(Network.REGTEST, key.publicKey()), 10_000);
    var patch = StrictJson.newArray();
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/service/-")
        .putObject("value")
        .put("id", did.url("homepage"))
        .put("type", "LinkedDomains")
        .put("serviceEndpoint", "https://example.org");
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(patch),
            new InMemoryLedger(),
            chain,
            SingletonCosts.DEFAULT,
            1,
            random,
            ControllerListener.none());
    MemberKeys keys = MemberKeys.fresh(key, random);
    say("membership " + name, keys.membership().hex());
    CLOSED.addAll(List.of(store, controller, keys, outside));
    return MemberRun.start(
        outside,
        controller,
        new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX),
        keys,
        progress -> {});
  }

  /** In every form that is searched for. */
  private static void plant() {
    for (KnownSecret.Form form : KnownSecret.Form.values()) {
      PLANTED.add(form.plant(Draws.draw("planted " + form, 0)));
    }
  }

  private void dump(String name) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(folder.resolve(name).toString(), true);
  }

  private static void say(String name, String value) {
    System.out.println(name + "=" + value);
    System.out.flush();
  }
}
