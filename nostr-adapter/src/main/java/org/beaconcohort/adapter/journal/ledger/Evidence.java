package org.beaconcohort.adapter.journal.ledger;

import java.time.Instant;

/**
 * Both sides of something that must not have two.
 *
 * @param kind of a ledger row, or another fault's name
 * @param owner key or identity it was noted for
 * @param existing what the journal held
 * @param offered what was refused
 * @param noted by the database's clock
 */
public record Evidence(
    String kind,
    String subject,
    String owner,
    String stream,
    String existing,
    String offered,
    Instant noted) {}
