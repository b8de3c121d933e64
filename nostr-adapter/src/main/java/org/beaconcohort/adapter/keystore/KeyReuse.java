package org.beaconcohort.adapter.keystore;

/**
 * Whether one key may serve two purposes. Then everybody sees that coordinator and DID are one
 * party, and whoever gets the key has both.
 */
public enum KeyReuse {
  /** The default. */
  REFUSED,
  /** The owner accepts that risk. */
  LINKED_KEYS_ACCEPTED
}
