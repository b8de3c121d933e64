package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Require.require;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What is said when k of n members sign alone instead of all together (leaf A). Each of these binds
 * to T_A, the hash of round, transaction and leaf, which knows neither attempt nor leader: a leaf
 * signature survives both.
 */
public sealed interface LeafStatement extends Statement.OnLeaf {
  /** T_A, 32 bytes. */
  Bytes context();

  /**
   * R19, channel, by anyone: the data behind the signal, for those who are absent. Whoever has
   * stored it says {@link BundleAck}; it is posted again until the absent have.
   *
   * @param context T_A, 32 bytes
   * @param updates DID to update hash (32 bytes), in DID order; together they make the signal
   */
  record Bundle(Bytes context, Map<String, Bytes> updates) implements LeafStatement {
    /** Copies in key order and checks lengths. */
    public Bundle {
      updates = Collections.unmodifiableMap(new TreeMap<>(updates));
      require("context", context, 32);
      if (updates.size() > CasAnnouncement.MAX_ENTRIES) {
        throw new IllegalArgumentException(
            "entries must be at most " + CasAnnouncement.MAX_ENTRIES + ", got " + updates.size());
      }
      updates.values().forEach(hash -> require("update hash", hash, 32));
    }

    @Override
    public StatementKind kind() {
      return StatementKind.BUNDLE;
    }
  }

  /** N17, channel: the author has stored the data behind the signal. */
  record BundleAck(Bytes context) implements LeafStatement {
    /** Checks the length. */
    public BundleAck {
      require("context", context, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.BUNDLE_ACK;
    }
  }

  /**
   * L3, channel, by whoever leads: the key path of an attempt does not come to an end; its
   * transaction is wanted by leaf A.
   *
   * @param transcript T of that attempt, 32 bytes
   * @param missing slots whose partial signature over it is not there or wrong, ascending, 1 or
   *     more
   * @param context T_A of the same transaction, 32 bytes
   */
  record LeafRequest(Bytes transcript, List<Integer> missing, Bytes context)
      implements LeafStatement {
    /** Copies the list and checks lengths. */
    public LeafRequest {
      missing = List.copyOf(missing);
      require("transcript", transcript, 32);
      require("context", context, 32);
      int before = -1;
      for (int slot : missing) {
        if (slot <= before || slot >= CohortTerms.MAX_MEMBERS) {
          throw new IllegalArgumentException("missing slots must ascend, got " + missing);
        }
        before = slot;
      }
      if (missing.isEmpty()) {
        throw new IllegalArgumentException("missing slots must be 1 or more, got none");
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.LEAF_REQUEST;
    }
  }

  /**
   * L3, channel: one of the k signatures.
   *
   * @param context T_A, 32 bytes
   * @param signature BIP-340 signature by the author's cohort key over the leaf's sighash, 64 bytes
   */
  record LeafSignature(Bytes context, Bytes signature) implements LeafStatement {
    /** Checks lengths. */
    public LeafSignature {
      require("context", context, 32);
      require("leaf signature", signature, 64);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.LEAF_SIGNATURE;
    }
  }
}
