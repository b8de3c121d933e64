package org.beaconcohort.cohort.model;

import java.util.List;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Everything a candidate agrees to by opting in; announced in public, covered by {@link #hash()}.
 *
 * @param network the Bitcoin network of DIDs and beacon address
 * @param beaconType what the 32 signal bytes mean
 * @param minMembers fewest members, at least 2
 * @param maxMembers most members, up to {@value #MAX_MEMBERS}
 * @param maxDidsPerMember most DIDs one member may register, at least 1
 * @param pendingUpdateTrigger pending updates that close enrolment before it is full, 0 for none
 * @param leafA who may spend without the others (N9)
 * @param order whether nonces come with the responses or after the proposal (N22)
 * @param signerClass how fast signers are expected to answer
 * @param custody where secret nonces may live at most (N7)
 * @param deadlines of every phase
 * @param fees what a round may cost
 * @param funder who pays the beacon address
 * @param minFunding least value of the funding output, sat
 * @param confirmations depth at which funding, listing and signal count, blocks, at least 1
 * @param rounds rounds this cohort will run, at least 1
 * @param relays relay URLs in order of preference, at least 1
 * @param successors x-only keys (32 bytes) that may form the cohort if the coordinator cannot
 * @param leaf k of leaf A below n, and who may join; {@link LeafPolicy#NONE} where anybody may
 * @param extensions how far deadlines of a round may be extended; none in terms that do not say
 */
public record CohortTerms(
    Network network,
    BeaconType beaconType,
    int minMembers,
    int maxMembers,
    int maxDidsPerMember,
    int pendingUpdateTrigger,
    LeafA leafA,
    ResponseOrder order,
    SignerClass signerClass,
    NonceCustody custody,
    Deadlines deadlines,
    FeeCorridor fees,
    Funder funder,
    long minFunding,
    int confirmations,
    int rounds,
    List<String> relays,
    List<Bytes> successors,
    LeafPolicy leaf,
    Extensions extensions) {

  /** The profile these terms belong to. */
  public static final String PROFILE = "beacon-cohort/1";

  /** Hard cap of the native profile. */
  public static final int MAX_MEMBERS = 1000;

  /** The k-of-n leaf of the beacon output. */
  public enum LeafA {
    /** No tree: all n sign or nobody does. */
    ABSENT,
    /** k = n: slow signers need no nonce; nobody loses a veto. */
    ALL_MEMBERS,
    /** k < n as {@link LeafPolicy} says: whoever holds k seats can spend without the others. */
    THRESHOLD
  }

  /** When nonces travel. */
  public enum ResponseOrder {
    /** With the responses, before the transaction is known. */
    NONCES_FIRST,
    /**
     * Never: the path is leaf A with k = n from the first proposal, so that slow signers keep no
     * secret between their visits (N7).
     */
    NO_NONCES
  }

  /** How fast a signer answers. */
  public enum SignerClass {
    /** A process that stays running. */
    LIVE,
    /** A process started by a schedule. */
    SCHEDULED,
    /** A person, or a device a person must touch. */
    HUMAN
  }

  /** Where a secret nonce lives between response and partial signature. */
  public enum NonceCustody {
    /** In the memory of one process only. */
    MEMORY,
    /** Or sealed: encrypted on disk, for signers that do not stay running (R9). */
    SEALED
  }

  /** Who pays the beacon address. */
  public enum Funder {
    /** The coordinator's operator. */
    COORDINATOR,
    /** The members among themselves. */
    MEMBERS
  }

  /** Terms in which leaf A, if there is one, needs all members. */
  public CohortTerms(
      Network network,
      BeaconType beaconType,
      int minMembers,
      int maxMembers,
      int maxDidsPerMember,
      int pendingUpdateTrigger,
      LeafA leafA,
      ResponseOrder order,
      SignerClass signerClass,
      NonceCustody custody,
      Deadlines deadlines,
      FeeCorridor fees,
      Funder funder,
      long minFunding,
      int confirmations,
      int rounds,
      List<String> relays,
      List<Bytes> successors) {
    this(
        network,
        beaconType,
        minMembers,
        maxMembers,
        maxDidsPerMember,
        pendingUpdateTrigger,
        leafA,
        order,
        signerClass,
        custody,
        deadlines,
        fees,
        funder,
        minFunding,
        confirmations,
        rounds,
        relays,
        successors,
        LeafPolicy.NONE);
  }

  /** Terms in which no deadline is extended. */
  public CohortTerms(
      Network network,
      BeaconType beaconType,
      int minMembers,
      int maxMembers,
      int maxDidsPerMember,
      int pendingUpdateTrigger,
      LeafA leafA,
      ResponseOrder order,
      SignerClass signerClass,
      NonceCustody custody,
      Deadlines deadlines,
      FeeCorridor fees,
      Funder funder,
      long minFunding,
      int confirmations,
      int rounds,
      List<String> relays,
      List<Bytes> successors,
      LeafPolicy leaf) {
    this(
        network,
        beaconType,
        minMembers,
        maxMembers,
        maxDidsPerMember,
        pendingUpdateTrigger,
        leafA,
        order,
        signerClass,
        custody,
        deadlines,
        fees,
        funder,
        minFunding,
        confirmations,
        rounds,
        relays,
        successors,
        leaf,
        Extensions.NONE);
  }

  /** The same with these extensions. */
  public CohortTerms extending(Extensions other) {
    return with(minMembers, maxMembers, maxDidsPerMember, leafA, order, successors, leaf, other);
  }

  /** The same with another leaf A, and nonces that travel as it allows. */
  public CohortTerms withLeaf(LeafA otherA, ResponseOrder otherOrder, LeafPolicy other) {
    return with(
        minMembers,
        maxMembers,
        maxDidsPerMember,
        otherA,
        otherOrder,
        successors,
        other,
        extensions);
  }

  /**
   * The same for the DIDs with these indexes, one a member, all of them and nobody else.
   *
   * @param named the successors
   */
  public CohortTerms among(List<Bytes> invited, List<Bytes> named) {
    LeafPolicy those = new LeafPolicy(leaf.explicit(), invited);
    return with(invited.size(), invited.size(), 1, leafA, order, named, those, extensions);
  }

  /** The same for so many members. */
  public CohortTerms between(int fewest, int most) {
    return with(fewest, most, maxDidsPerMember, leafA, order, successors, leaf, extensions);
  }

  private CohortTerms with(
      int fewest,
      int most,
      int mostDids,
      LeafA otherA,
      ResponseOrder otherOrder,
      List<Bytes> named,
      LeafPolicy otherLeaf,
      Extensions otherExtensions) {
    return new CohortTerms(
        network,
        beaconType,
        fewest,
        most,
        mostDids,
        pendingUpdateTrigger,
        otherA,
        otherOrder,
        signerClass,
        custody,
        deadlines,
        fees,
        funder,
        minFunding,
        confirmations,
        rounds,
        relays,
        named,
        otherLeaf,
        otherExtensions);
  }

  /** Copies the lists and checks every bound. */
  public CohortTerms {
    relays = List.copyOf(relays);
    successors = List.copyOf(successors);
    check(minMembers >= 2, "minMembers must be at least 2, got " + minMembers);
    check(
        maxMembers >= minMembers && maxMembers <= MAX_MEMBERS,
        "maxMembers must be " + minMembers + ".." + MAX_MEMBERS + ", got " + maxMembers);
    check(
        maxDidsPerMember >= 1 && maxDidsPerMember <= 100,
        "maxDidsPerMember must be 1..100, got " + maxDidsPerMember);
    check(
        pendingUpdateTrigger >= 0,
        "pendingUpdateTrigger must not be negative, got " + pendingUpdateTrigger);
    check(minFunding >= 1000, "minFunding must be at least 1000 sat, got " + minFunding);
    check(
        confirmations >= 1 && confirmations <= 1000,
        "confirmations must be 1..1000 blocks, got " + confirmations);
    check(rounds >= 1 && rounds <= 64, "rounds must be 1..64, got " + rounds);
    check(!relays.isEmpty() && relays.size() <= 16, "relays must be 1..16, got " + relays.size());
    for (String relay : relays) {
      check(
          (relay.startsWith("ws://") || relay.startsWith("wss://")) && relay.length() <= 256,
          "relay must be a ws:// or wss:// URL of at most 256 characters, got " + relay);
    }
    check(successors.size() <= 16, "successors must be at most 16, got " + successors.size());
    for (Bytes successor : successors) {
      check(successor.size() == 32, "successor must be 32 bytes, got " + successor.size());
    }
    check(
        order != ResponseOrder.NO_NONCES || leafA == LeafA.ALL_MEMBERS,
        "order NO_NONCES needs leafA ALL_MEMBERS, got " + leafA);
    if (leafA == LeafA.THRESHOLD) {
      leaf.check(minMembers, maxMembers);
    } else {
      check(leaf.explicit() == 0, "k of leaf A needs leafA THRESHOLD, got " + leafA);
      leaf.checkInvited(minMembers);
    }
  }

  /** k of leaf A for {@code members} members, 0 without the leaf. */
  public int threshold(int members) {
    return switch (leafA) {
      case ABSENT -> 0;
      case ALL_MEMBERS -> members;
      case THRESHOLD -> leaf.threshold(members);
    };
  }

  /** The least k that leaf A can have under these terms, 0 without the leaf. */
  public int leastThreshold() {
    return threshold(minMembers);
  }

  /** H("terms", every field in the order above, then what is not at its default), 32 bytes. */
  public Bytes hash() {
    FieldHash hash =
        FieldHash.of("terms")
            .text(PROFILE)
            .text(network.name())
            .text(beaconType.name())
            .number(minMembers)
            .number(maxMembers)
            .number(maxDidsPerMember)
            .number(pendingUpdateTrigger)
            .text(leafA.name())
            .text(order.name())
            .text(signerClass.name())
            .text(custody.name())
            .number(deadlines.recruiting().toSeconds())
            .number(deadlines.keying().toSeconds())
            .number(deadlines.funding().toSeconds())
            .number(deadlines.listing().toSeconds())
            .number(deadlines.response().toSeconds())
            .number(deadlines.proposal().toSeconds())
            .number(deadlines.partial().toSeconds())
            .number(deadlines.confirmation().toSeconds())
            .number(fees.minRate())
            .number(fees.maxRate())
            .number(fees.maxFee())
            .text(funder.name())
            .number(minFunding)
            .number(confirmations)
            .number(rounds)
            .texts(relays)
            .list(successors);
    if (!leaf.equals(LeafPolicy.NONE)) {
      hash.text("leaf").number(leaf.explicit()).list(leaf.invited());
    }
    if (!extensions.equals(Extensions.NONE)) {
      hash.text("extensions").number(extensions.most()).number(extensions.by().toSeconds());
    }
    if (deadlines.probes()) {
      hash.text("readiness").number(deadlines.readiness().toSeconds());
    }
    return hash.hash();
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
