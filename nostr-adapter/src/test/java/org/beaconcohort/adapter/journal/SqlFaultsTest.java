package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.SQLException;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors of the databases by their codes, and that every fault says all that is owed. */
final class SqlFaultsTest {
  @ParameterizedTest
  @CsvSource({
    "53100,DISK_FULL",
    "25006,READ_ONLY",
    "42501,READ_ONLY",
    "58030,IO_ERROR",
    "55P03,LOCKED",
    "40P01,LOCKED",
    "40001,LOCKED",
    "57014,LOCKED",
    "XX001,CORRUPT",
    "XX002,CORRUPT",
    "57P01,UNREACHABLE",
    "08006,UNREACHABLE",
    "08001,UNREACHABLE",
    "28P01,UNREACHABLE",
    "53300,UNREACHABLE",
    "42601,UNEXPECTED",
    ",UNEXPECTED"
  })
  void postgresFaultsByState(String state, Fault fault) {
    assertEquals(
        fault, Dialect.of("jdbc:postgresql://h/d").fault(new SQLException("words", state)));
  }

  @ParameterizedTest
  @CsvSource({
    "5,LOCKED",
    "6,LOCKED",
    "8,READ_ONLY",
    "10,IO_ERROR",
    "1034,IO_ERROR",
    "11,CORRUPT",
    "13,DISK_FULL",
    "14,UNREACHABLE",
    "26,NOT_A_JOURNAL",
    "19,UNEXPECTED",
    "0,UNEXPECTED"
  })
  void sqliteFaultsByCode(int code, Fault fault) {
    assertEquals(fault, Dialect.of("x.db").fault(new SQLException("words", null, code)));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultSaysWhatHappenedWhatIsSafeAndWhatToDo(Fault fault) {
    assertFalse(fault.happened().isBlank() || fault.safe().isBlank() || fault.todo().isBlank());
    JournalException failure = new JournalException(fault, "detail");
    assertEquals(
        fault
            + ": "
            + fault.happened()
            + " (detail). Safe: "
            + fault.safe()
            + ". Do: "
            + fault.todo()
            + ".",
        failure.getMessage());
    assertEquals(fault.temporary(), failure.temporary());
  }

  @Test
  void theDetailCanBeAskedFor() {
    assertEquals("detail", new JournalException(Fault.LOCKED, "detail").detail());
  }
}
