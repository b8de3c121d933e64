package org.beaconcohort.adapter.keystore.file;

/** The two files of one form. */
public enum FileKind {
  /** In use. */
  KEYSTORE("beacon-cohort/keystore"),
  /** Put aside; its keys come back through a restore, which marks them. */
  BACKUP("beacon-cohort/keystore-backup");

  private final String format;

  FileKind(String format) {
    this.format = format;
  }

  /** The name in the file. */
  String format() {
    return format;
  }
}
