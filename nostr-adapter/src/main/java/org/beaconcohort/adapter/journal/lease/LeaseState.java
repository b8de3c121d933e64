package org.beaconcohort.adapter.journal.lease;

import java.time.Duration;

/**
 * An identity as its row says now. A holder that died without giving it back still stands there: of
 * a file until the next one takes it, of a server until its time is over.
 *
 * @param identity whose lease it is
 * @param holder who has it or had it last
 * @param fence number of that holder
 * @param appends by all holders
 * @param held whether the holder has not given it back
 * @param left until its time is over, by the database's clock; says nothing of a file
 */
public record LeaseState(
    String identity, Holder holder, long fence, long appends, boolean held, Duration left) {}
