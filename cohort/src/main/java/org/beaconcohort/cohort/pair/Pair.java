package org.beaconcohort.cohort.pair;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * Two controllers that know each other's DID and form a cohort of their two (BC-1). From the DIDs
 * alone both compute who announces, who is the named successor, and by which keys: the DID whose
 * text comes first announces. Each runs a coordinator half for that beside its member half.
 */
public final class Pair {
  private final Btcr2Did first;
  private final Btcr2Did second;
  private final boolean announces;

  private Pair(Btcr2Did first, Btcr2Did second, boolean announces) {
    this.first = first;
    this.second = second;
    this.announces = announces;
  }

  /**
   * As the controller of {@code own} sees it.
   *
   * @throws IllegalArgumentException if both are one, of two networks, or one is no k1 DID: only
   *     that says its key
   */
  public static Pair of(Btcr2Did own, Btcr2Did other) {
    if (own.equals(other)) {
      throw new IllegalArgumentException("other DID must differ from the own, got " + other);
    }
    if (own.network() != other.network()) {
      throw new IllegalArgumentException(
          "other DID must be of network " + own.network() + ", got " + other.network());
    }
    for (Btcr2Did each : List.of(own, other)) {
      if (each.key().isEmpty()) {
        throw new IllegalArgumentException("DID of a pair must be a k1 DID, got " + each);
      }
    }
    boolean announces = own.compareTo(other) < 0;
    return announces ? new Pair(own, other, true) : new Pair(other, own, false);
  }

  /** Whether the own side announces; else it is the named successor. */
  public boolean announces() {
    return announces;
  }

  /** The x-only key that announces, 32 bytes. */
  public Bytes coordinator() {
    return identity(first);
  }

  /** The x-only key of the named successor, 32 bytes. */
  public Bytes successor() {
    return identity(second);
  }

  private Bytes identity(Btcr2Did did) {
    return TaprootTweak.outputKey(did.key().orElseThrow().slice(1, 33), Optional.of(tie())).xOnly();
  }

  /**
   * The key of the own coordinator half: the DID's key, tweaked as BIP-341 tweaks one, so that the
   * other side can compute its public key. Whoever gets it has the DID's key.
   *
   * @param key of the own DID
   * @throws IllegalArgumentException if it is another's
   */
  public SecretKey identity(SecretKey key) {
    Bytes own = (announces ? first : second).key().orElseThrow();
    if (!key.publicKey().equals(own)) {
      throw new IllegalArgumentException(
          "key must be that of the own DID, " + own + ", got " + key.publicKey());
    }
    return key.tweakedForTaproot(Optional.of(tie()));
  }

  /** H("pair", first DID, second DID), in the place of a merkle root. */
  private Bytes tie() {
    return FieldHash.of("pair").text(first.text()).text(second.text()).hash();
  }

  /** These terms for the two and nobody else, with the second's key as the successor. */
  public CohortTerms terms(CohortTerms plain) {
    return plain.among(
        List.of(Registration.indexOf(first.text()), Registration.indexOf(second.text())),
        List.of(successor()));
  }

  /** This policy for the pair's cohort alone, whoever forms it. */
  public JoinPolicy policy(JoinPolicy plain) {
    return plain.among(Set.of(first.text(), second.text()), coordinator());
  }
}
