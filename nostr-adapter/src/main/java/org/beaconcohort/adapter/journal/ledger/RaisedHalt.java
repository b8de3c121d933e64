package org.beaconcohort.adapter.journal.ledger;

/**
 * A halt that comes with an append: in one transaction with the records that say why.
 *
 * @param owner key, hexadecimal
 * @param reason for the operator who has to clear it
 */
public record RaisedHalt(String owner, String reason) {}
