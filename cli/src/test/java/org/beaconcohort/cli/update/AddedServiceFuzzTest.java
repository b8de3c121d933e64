package org.beaconcohort.cli.update;

import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** The option {@code --add-service} under mutation. */
final class AddedServiceFuzzTest {
  @Test
  void aServiceMakesAnUpdateOrIsRefused() {
    Btcr2Did did =
        Btcr2Did.ofKey(
            Network.REGTEST, SecretKey.of(Bytes.ofHex("07".repeat(32)).toArray()).publicKey());
    DidDocument document = DidDocument.initial(did);
    Fuzz.ofText(
            "AddedService.parse",
            List.of("web,LinkedDomains,https://example.org", "#a,CASBeacon,bitcoin:bcrt1q,x"))
        .refusing(CommandFailure.class, UpdateRefusedException.class)
        .run(value -> {
          AddedService service = AddedService.parse(value, did);
          UnsignedUpdate.make(document, AddedService.patch(List.of(service), document), 2);
        });
  }
}
