package org.beaconcohort.adapter.progress;

import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.model.Cohort;

/**
 * A round whose final signature verifies here, or k leaf signatures do.
 *
 * @param number from 1
 * @param transaction complete, with its witness
 * @param prevout the output it spends
 * @param announcement whose hash is the signal; store it, resolvers need it
 */
public record CompletedRound(
    Cohort cohort,
    int number,
    Transaction transaction,
    TxOutput prevout,
    CasAnnouncement announcement) {}
