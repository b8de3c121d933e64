package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;

/** Takes lines one by one. */
@FunctionalInterface
interface LineSink {
  /** The next line. */
  void line(ObjectNode json) throws SQLException;
}
