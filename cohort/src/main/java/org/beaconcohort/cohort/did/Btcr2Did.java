package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Bech32m;
import org.beaconcohort.cohort.bitcoin.address.MalformedBech32mException;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.key.MalformedKeyException;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A did:btcr2 identifier, version 1: {@code k1…} holds a 33-byte compressed key, {@code x1…} the
 * 32-byte hash of a genesis document. Exactly one text names given bytes; reserved and custom
 * networks are refused. Ordered as canonical JSON orders keys.
 */
public final class Btcr2Did implements Comparable<Btcr2Did> {
  private static final String PREFIX = "did:btcr2:";
  private static final String KEY_HRP = "k";
  private static final String EXTERNAL_HRP = "x";
  private static final int KEY_SIZE = 33;
  private static final int HASH_SIZE = 32;
  private static final int MAX_ENCODED_LENGTH = 63;

  private final String text;
  private final Network network;
  private final Bytes genesisBytes;

  private Btcr2Did(String text, Network network, Bytes genesisBytes) {
    this.text = text;
    this.network = network;
    this.genesisBytes = genesisBytes;
  }

  /**
   * The identifier that is this 33-byte compressed key.
   *
   * @throws InvalidDidException if it is not a point on the curve
   */
  public static Btcr2Did ofKey(Network network, Bytes key) {
    checkKey(key);
    return of(KEY_HRP, network, key);
  }

  /**
   * The identifier that commits to a genesis document.
   *
   * @param genesisHash its 32-byte JSON document hash
   */
  public static Btcr2Did ofGenesisHash(Network network, Bytes genesisHash) {
    if (genesisHash.size() != HASH_SIZE) {
      throw new InvalidDidException(
          "genesis hash must be " + HASH_SIZE + " bytes, got " + genesisHash.size());
    }
    return of(EXTERNAL_HRP, network, genesisHash);
  }

  /** The identifier that commits to {@code genesisDocument}. */
  public static Btcr2Did ofGenesisDocument(Network network, JsonNode genesisDocument) {
    return ofGenesisHash(network, Jcs.documentHash(genesisDocument));
  }

  /**
   * Parses an identifier without path, query or fragment.
   *
   * @throws InvalidDidException if it is not in its one canonical form
   */
  public static Btcr2Did parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new InvalidDidException("DID must start with " + PREFIX + ", got " + brief(text));
    }
    Bech32m.Decoded decoded;
    try {
      decoded = Bech32m.decode(text.substring(PREFIX.length()), MAX_ENCODED_LENGTH);
    } catch (MalformedBech32mException malformed) {
      throw new InvalidDidException(
          "DID must be Bech32m after " + PREFIX + ": " + malformed.getMessage(), malformed);
    }
    int size = genesisSize(decoded.hrp());
    if (decoded.data().size() != 1 + size) {
      throw new InvalidDidException(
          "DID of kind "
              + decoded.hrp()
              + " must hold "
              + (1 + size)
              + " bytes, got "
              + decoded.data().size());
    }
    Bytes genesisBytes = decoded.data().slice(1, 1 + size);
    if (decoded.hrp().equals(KEY_HRP)) {
      checkKey(genesisBytes);
    }
    return new Btcr2Did(text, network(decoded.data().at(0)), genesisBytes);
  }

  /** The whole identifier, {@code did:btcr2:…}. */
  public String text() {
    return text;
  }

  /** The network whose beacons update it. */
  public Network network() {
    return network;
  }

  /** The 33-byte key or the 32-byte hash of the genesis document. */
  public Bytes genesisBytes() {
    return genesisBytes;
  }

  /** The 33-byte key of a k1 identifier; none for x1. */
  public Optional<Bytes> key() {
    return genesisBytes.size() == KEY_SIZE ? Optional.of(genesisBytes) : Optional.empty();
  }

  /** The DID URL of {@code fragment} in its document. */
  public String url(String fragment) {
    return text + "#" + fragment;
  }

  @Override
  public int compareTo(Btcr2Did other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Btcr2Did did && text.equals(did.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Btcr2Did of(String hrp, Network network, Bytes genesisBytes) {
    // High nibble: version 1, written as 0.
    Bytes first = Bytes.of(new byte[] {(byte) network.didNibble()});
    String text = PREFIX + Bech32m.encode(hrp, Bytes.concat(first, genesisBytes));
    return new Btcr2Did(text, network, genesisBytes);
  }

  private static int genesisSize(String hrp) {
    return switch (hrp) {
      case KEY_HRP -> KEY_SIZE;
      case EXTERNAL_HRP -> HASH_SIZE;
      default ->
          throw new InvalidDidException(
              "DID must continue with k1 or x1 after " + PREFIX + ", got " + brief(hrp) + "1");
    };
  }

  private static Network network(int first) {
    if (first >>> 4 != 0) {
      throw new InvalidDidException("DID version must be 1, got " + ((first >>> 4) + 1));
    }
    return Network.ofDidNibble(first)
        .orElseThrow(() ->
            new InvalidDidException(
                "DID network must be 0 to 5 (6 to 11 are reserved, 12 to 15 custom), got "
                    + first));
  }

  private static void checkKey(Bytes key) {
    try {
      Multikey.checkKey(key);
    } catch (MalformedKeyException malformed) {
      throw new InvalidDidException(
          "key of a k1 DID is unusable: " + malformed.getMessage(), malformed);
    }
  }

  private static String brief(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
