package org.beaconcohort.adapter.journal;

import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** The journal in a SQLite file. */
final class SqliteJournalTest {
  @Nested
  final class Appends extends AppendContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class Ledgers extends LedgerContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class Leases extends LeaseContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class Damages extends DamageContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class LedgerDamages extends LedgerDamageContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class Archives extends ArchiveContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }

  @Nested
  final class Randoms extends RandomContract {
    @Override
    JournalPlace make() throws IOException {
      return JournalPlace.sqlite();
    }
  }
}
