package org.beaconcohort.adapter.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InMemoryJournalTest {
  @Test
  void factsComeBackInTheirOrder() {
    InMemoryJournal<String> journal = new InMemoryJournal<>(Network.REGTEST);
    journal.append(List.of("a", "b"));
    journal.append(List.of("c"));
    assertEquals(List.of("a", "b", "c"), journal.replay());
  }

  @ParameterizedTest
  @EnumSource(value = Network.class, names = "REGTEST", mode = EnumSource.Mode.EXCLUDE)
  void everyNetworkWithValueIsRefused(Network network) {
    NotDurableException refused =
        assertThrows(NotDurableException.class, () -> new InMemoryJournal<String>(network));
    assertTrue(
        String.valueOf(refused.getMessage()).contains(network.specName()), refused.getMessage());
  }
}
