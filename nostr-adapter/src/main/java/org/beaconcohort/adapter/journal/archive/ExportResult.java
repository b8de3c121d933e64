package org.beaconcohort.adapter.journal.archive;

import java.util.List;
import org.beaconcohort.adapter.journal.record.StreamDamage;

/**
 * What is in an export.
 *
 * @param leftOut streams that cannot be read; nothing else is missing
 */
public record ExportResult(int streams, long records, List<StreamDamage> leftOut) {
  /** Copies the list. */
  public ExportResult {
    leftOut = List.copyOf(leftOut);
  }
}
