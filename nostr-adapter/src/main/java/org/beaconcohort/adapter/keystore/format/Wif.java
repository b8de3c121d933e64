package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cohort.bitcoin.address.Network;

/**
 * Wallet import format of a key with a compressed public key, the only kind that Taproot and
 * did:btcr2 know: version byte, 32 bytes, 01, in Base58Check.
 */
public final class Wif {
  private static final int MAINNET = 0x80;
  private static final int TEST = 0xef;
  private static final int SIZE = 34;
  private static final int UNCOMPRESSED_LENGTH = 51;
  private static final String NEXT = "give the compressed WIF of that network: 52 characters";

  private Wif() {}

  /**
   * The key of a WIF text.
   *
   * @param network all networks but bitcoin share one version byte
   * @throws MalformedKeyException if it is mistyped, uncompressed or of the other kind of network
   */
  public static KeyNumber decode(SecretText text, Network network) {
    if (text.length() == UNCOMPRESSED_LENGTH) {
      throw new MalformedKeyException(
          "WIF must be of a key with a compressed public key, got one of 51 characters", NEXT);
    }
    byte[] payload = Base58.decodeChecked(text, SIZE, "WIF", NEXT);
    try {
      int version = payload[0] & 0xff;
      if (version != version(network)) {
        throw new MalformedKeyException(
            "WIF must be of "
                + network.specName()
                + " (version byte "
                + Integer.toHexString(version(network))
                + "), got version byte "
                + Integer.toHexString(version),
            "name the network that the key is for, or give a key of this one");
      }
      if (payload[SIZE - 1] != 1) {
        throw new MalformedKeyException("WIF must end with the byte 01, it does not", NEXT);
      }
      return HexKey.checked(Arrays.copyOfRange(payload, 1, SIZE - 1), "WIF");
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  /** The compressed WIF for a network. */
  public static SecretText encode(KeyNumber key, Network network) {
    byte[] number = key.copy();
    byte[] payload = new byte[SIZE];
    payload[0] = (byte) version(network);
    System.arraycopy(number, 0, payload, 1, KeyNumber.SIZE);
    payload[SIZE - 1] = 1;
    Arrays.fill(number, (byte) 0);
    SecretText text = Base58.encodeChecked(payload);
    Arrays.fill(payload, (byte) 0);
    return text;
  }

  private static int version(Network network) {
    return network == Network.BITCOIN ? MAINNET : TEST;
  }
}
