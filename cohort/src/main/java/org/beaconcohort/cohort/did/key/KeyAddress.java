package org.beaconcohort.cohort.did.key;

import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** The three addresses that one 33-byte public key controls alone. */
public final class KeyAddress {
  private KeyAddress() {}

  /** Pay to public key hash, Base58Check. */
  public static String p2pkh(Network network, Bytes key) {
    Bytes version = Bytes.of(new byte[] {(byte) network.p2pkhVersion()});
    return Base58.encodeCheck(Bytes.concat(version, hash160(key)));
  }

  /** Pay to witness public key hash (BIP-141), version 0. */
  public static String p2wpkh(Network network, Bytes key) {
    return new SegwitAddress(network, 0, hash160(key)).text();
  }

  /** Pay to Taproot, key path only: the key tweaked with no merkle root (BIP-86's output). */
  public static String p2tr(Network network, Bytes key) {
    Bytes outputKey = TaprootTweak.outputKey(key.slice(1, 33), Optional.empty()).xOnly();
    return SegwitAddress.p2tr(network, outputKey).text();
  }

  private static Bytes hash160(Bytes key) {
    byte[] sha256 = TaggedHash.sha256(key).toArray();
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(sha256, 0, sha256.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return Bytes.of(hash);
  }
}
