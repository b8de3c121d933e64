package org.beaconcohort.adapter.journal;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;

/** The journal in the PostgreSQL that {@link JournalPlace#postgres} finds. */
final class PostgresJournalTest {
  @Nested
  final class Appends extends AppendContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class Ledgers extends LedgerContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class Leases extends LeaseContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class Damages extends DamageContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class LedgerDamages extends LedgerDamageContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class Archives extends ArchiveContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }

  @Nested
  final class Randoms extends RandomContract {
    @Override
    JournalPlace make() throws SQLException, IOException {
      return JournalPlace.postgres();
    }
  }
}
