package org.beaconcohort.adapter.journal.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that signs nothing until an operator clears it.
 *
 * @param owner key, hexadecimal
 * @param raised by the database's clock
 * @param cleared by whom, once it is
 * @param clearedAt by the database's clock
 */
public record Halt(
    String owner,
    String reason,
    Instant raised,
    Optional<String> cleared,
    Optional<Instant> clearedAt) {}
