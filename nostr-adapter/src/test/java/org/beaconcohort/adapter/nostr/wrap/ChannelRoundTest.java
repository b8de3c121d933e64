package org.beaconcohort.adapter.nostr.wrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class ChannelRoundTest {
  private static byte[] key() {
    byte[] secret = new byte[32];
    for (int i = 0; i < 32; i++) {
      secret[i] = (byte) i;
    }
    return secret;
  }

  /** Expected values by Python's hmac and a few lines of curve arithmetic. */
  @Test
  void conversationKeyAndTagAreDerivedAsDocumented() {
    String[][] expected = {
      {
        "0",
        "b2c3c0929cad4e33a5c59e979476c4c0b8c48377263649014fca384d209a48cb",
        "6642921efea4973674924686c7122d0ad0f63634fd67873b0c710ef52c38a8af"
      },
      {
        "1",
        "42b98b25e02386c057d9b34cf002f67ffb5fa019ad52d39506b372d16aa193e2",
        "7cfaef3873afca70178ecb97be11c6fc96fd71affc35f1fe50fc0804fb45766c"
      },
      {
        "258",
        "c85d85fb315f46fabcd327cd4db3ca5db5d0e027096762345d6cec2ec697645a",
        "d103eea8a67a7867aaa5fb416b23c6c2fb1316a81e5fbfdb6a53c84d658b4ffa"
      }
    };
    for (String[] row : expected) {
      ChannelRound round = ChannelRound.derive(key(), Long.parseLong(row[0]));
      ConversationKey conversation = ConversationKey.of(Bytes.ofHex(row[1]).toArray());
      String payload = Nip44.encrypt("same key", round.conversation(), new SecureRandom());

      assertEquals("same key", Nip44.decrypt(payload, conversation), row[0]);
      assertEquals(row[2], round.tag().hex(), row[0]);
    }
  }

  @Test
  void theArgumentIsWipedAndNothingPrintsASecret() {
    byte[] secret = key();
    ChannelRound round = ChannelRound.derive(secret, 1);

    assertArrayEquals(new byte[32], secret);
    assertEquals("ChannelRound 1 with tag " + round.tag(), round.toString());
  }

  @Test
  void aDestroyedRoundIsRefused() {
    ChannelRound round = ChannelRound.derive(key(), 1);
    round.destroy();

    assertTrue(round.isDestroyed());
    assertThrows(
        IllegalStateException.class,
        () -> Nip44.encrypt("x", round.conversation(), new SecureRandom()));
  }

  @Test
  void otherSizesAndNegativeRoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ChannelRound.derive(new byte[31], 0));
    assertThrows(IllegalArgumentException.class, () -> ChannelRound.derive(key(), -1));
  }
}
