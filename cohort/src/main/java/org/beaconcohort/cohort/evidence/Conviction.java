package org.beaconcohort.cohort.evidence;

import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What evidence proves.
 *
 * @param author x-only key that signed what cannot be, 32 bytes; a member's is made for one cohort
 * @param code of the fault
 * @param detail the thing, the expected and the found value
 */
public record Conviction(Bytes author, Code code, String detail) {}
