package org.beaconcohort.adapter.keystore.fault;

/**
 * What went wrong with a keystore, spelled so in code, logs, JSON and docs. Whatever the fault, the
 * file is as it was before; only after IO_ERROR it may also be the new one, whole.
 */
public enum KeystoreFault {
  /** There is no such file. */
  NOT_THERE(
      "there is no such keystore",
      "check the path, or make one with: beacon-cohort keys create --keystore PATH --name NAME"),
  /** A new file would replace one. */
  EXISTS("there is a file already, and none is replaced", "choose another path"),
  /** The file begins with something else. */
  NOT_A_KEYSTORE("this is no keystore", "name another file"),
  /** A backup where a keystore is wanted, or the other way round. */
  WRONG_KIND(
      "the file is of the other kind: keystores and backups do not stand in for each other",
      "bring a backup back with: beacon-cohort keys restore --keystore PATH --from BACKUP"),
  /** The file has another version. */
  UNKNOWN_VERSION(
      "the keystore is of a version that this program does not know",
      "use the version of this program that wrote it, or a newer one"),
  /** The file ends early. */
  TRUNCATED("the keystore is cut off", "restore the newest backup into a new keystore"),
  /** The file is not what was written: its checksum or its form is wrong. */
  DAMAGED(
      "the keystore is damaged: it is not what was written",
      "restore the newest backup into a new keystore, and look at the disk"),
  /** The header asks for memory, time or sizes outside of the bounds. */
  ABSURD_PARAMETERS(
      "the keystore asks for parameters outside of what this program accepts",
      "somebody changed it: restore the newest backup into a new keystore. If it was you, give Java"
          + " more memory with BEACON_COHORT_JAVA_OPTS"),
  /** The password derives another key; a changed salt or cost looks the same. */
  WRONG_PASSWORD(
      "the password does not open this keystore",
      "type it again; if it is right, somebody changed the salt or the costs in the header: restore"
          + " the newest backup into a new keystore"),
  /** The password is right and the header or the content is not what was sealed. */
  TAMPERED(
      "the password is right, but somebody changed the keystore",
      "trust nothing in it: restore a backup into a new keystore, and find out who wrote to it"),
  /** Others may read it. */
  NOT_PRIVATE(
      "the keystore must be readable by its owner alone",
      "chmod 600 on the file, and think about who may have read it"),
  /** Another process writes it. */
  LOCKED("another process is writing this keystore", "wait until that one ends"),
  /** It was written after this process had read it. */
  CHANGED(
      "another process has written this keystore since it was opened",
      "run the command again: it reads what is there now"),
  /** No key has that name. */
  NO_SUCH_KEY(
      "there is no key of that name",
      "see which there are: beacon-cohort keys list --keystore PATH"),
  /** The name is taken. */
  NAME_TAKEN("there is a key of that name, and none is replaced", "choose another name"),
  /** A name or an origin that cannot be kept. */
  BAD_NAME(
      "a key's name cannot be that",
      "take 1 to 64 of a to z, 0 to 9, dot, dash and underscore, beginning with a letter or digit"),
  /** The key is for something else. */
  OTHER_PURPOSE(
      "the key was made for another purpose",
      "use a key of its own for each purpose. One key for two links them for everybody, and whoever"
          + " gets it has both; if that is meant, say --accept-linked-keys"),
  /** The same key is there for another purpose or under another name. */
  KEY_REUSED(
      "the same key is in this keystore already",
      "make a new key. One key for two purposes links them for everybody, and whoever gets it has"
          + " both; if that is meant, say --accept-linked-keys"),
  /** No more entries. */
  FULL("the keystore holds as many keys as it can", "make another keystore"),
  /** An empty password. */
  WEAK_PASSWORD("the password is too short", "give one of 8 characters or more, better a sentence"),
  /** The disk failed or refused. */
  IO_ERROR(
      "the keystore cannot be read or written",
      "check the path, its permissions, the disk and the space on it");

  private final String happened;
  private final String todo;

  KeystoreFault(String happened, String todo) {
    this.happened = happened;
    this.todo = todo;
  }

  /** What happened. */
  public String happened() {
    return happened;
  }

  /** What a person does about it. */
  public String todo() {
    return todo;
  }
}
