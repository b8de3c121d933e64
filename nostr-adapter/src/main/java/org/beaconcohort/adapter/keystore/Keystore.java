package org.beaconcohort.adapter.keystore;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.file.FileKind;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.file.KeystoreCipher;
import org.beaconcohort.adapter.keystore.file.KeystoreFile;
import org.beaconcohort.adapter.keystore.file.KeystoreHeader;
import org.beaconcohort.adapter.keystore.file.KeystoreText;
import org.beaconcohort.adapter.keystore.file.RestoreMark;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * An unlocked keystore: named secret keys, each for one purpose. Every change is on the disk when
 * its call returns, or nothing is changed; closing overwrites all secrets. Not thread-safe; several
 * processes may have one file open, and the second of two changes at once is refused.
 */
public final class Keystore implements AutoCloseable {
  private static final int SHORTEST_PASSWORD = 8;

  private final KeystoreFile file;
  private final SecureRandom random;
  private final InstantSource clock;
  private KeystoreCipher cipher;
  private KeystoreText text;
  private List<KeyNumber> numbers;

  private Keystore(
      KeystoreFile file, KeystoreCipher cipher, SecureRandom random, InstantSource clock) {
    this.file = file;
    this.cipher = cipher;
    this.random = random;
    this.clock = clock;
    this.numbers = new ArrayList<>();
    this.text = cipher.seal(FileKind.KEYSTORE, now(clock), List.of(), List.of(), random);
  }

  private Keystore(
      KeystoreFile file,
      KeystoreText text,
      KeystoreCipher cipher,
      SecureRandom random,
      InstantSource clock) {
    this.file = file;
    this.cipher = cipher;
    this.random = random;
    this.clock = clock;
    this.text = text;
    this.numbers = new ArrayList<>(cipher.open(text));
  }

  /**
   * The names, purposes and public keys of a keystore, without its password; nothing of it is
   * authentic before the password has opened it.
   *
   * @throws KeystoreException if it cannot be read
   */
  public static List<KeyEntry> list(Path path) {
    return KeystoreFile.at(path).read(FileKind.KEYSTORE).header().entries();
  }

  /**
   * Makes a new, empty keystore.
   *
   * @param password at least 8 characters
   * @throws KeystoreException EXISTS, WEAK_PASSWORD, or if it cannot be written
   */
  public static Keystore create(
      Path path, SecretText password, KdfSettings kdf, SecureRandom random, InstantSource clock) {
    requireStrong(password);
    KeystoreFile file = KeystoreFile.at(path);
    try (KeystoreFile.Writer writer = file.lock()) {
      KeystoreCipher cipher = KeystoreCipher.fresh(password, kdf, random);
      Keystore keystore = new Keystore(file, cipher, random, clock);
      try {
        writer.create(keystore.text);
        return keystore;
      } catch (KeystoreException failure) {
        keystore.close();
        throw failure;
      }
    }
  }

  /**
   * Opens a keystore.
   *
   * @throws KeystoreException if there is none, or the password does not open it, or it was changed
   */
  public static Keystore open(
      Path path, SecretText password, SecureRandom random, InstantSource clock) {
    KeystoreFile file = KeystoreFile.at(path);
    KeystoreText text = file.read(FileKind.KEYSTORE);
    KeystoreCipher cipher = KeystoreCipher.of(text.header(), password);
    try {
      return new Keystore(file, text, cipher, random, clock);
    } catch (KeystoreException tampered) {
      cipher.close();
      throw tampered;
    }
  }

  /** What it holds, in the order of their coming. */
  public List<KeyEntry> entries() {
    return text.header().entries();
  }

  /**
   * One of them.
   *
   * @throws KeystoreException NO_SUCH_KEY
   */
  public KeyEntry entry(String name) {
    return entries().get(indexOf(name));
  }

  /**
   * A key for a purpose; the caller destroys it.
   *
   * @throws KeystoreException NO_SUCH_KEY, or OTHER_PURPOSE unless that is accepted
   */
  public SecretKey key(String name, KeyPurpose purpose, KeyReuse reuse) {
    KeyEntry entry = entry(name);
    if (entry.purpose() != purpose && reuse == KeyReuse.REFUSED) {
      throw new KeystoreException(
          KeystoreFault.OTHER_PURPOSE,
          "key " + name + " is for " + entry.purpose().word() + ", wanted for " + purpose.word());
    }
    return numbers.get(indexOf(name)).key();
  }

  /**
   * The number of a key, for export; the caller closes it.
   *
   * @throws KeystoreException NO_SUCH_KEY
   */
  public KeyNumber number(String name) {
    return numbers.get(indexOf(name)).duplicate();
  }

  /**
   * Adds a key, a copy of {@code number}, which stays the caller's.
   *
   * @param origin {@code created}, or what it was imported from
   * @throws KeystoreException NAME_TAKEN, BAD_NAME, FULL; KEY_REUSED unless that is accepted;
   *     CHANGED or LOCKED, if another process writes
   */
  public KeyEntry add(
      String name, KeyPurpose purpose, KeyNumber number, String origin, KeyReuse reuse) {
    KeyEntry entry =
        new KeyEntry(name, purpose, number.publicKey(), now(clock), origin, Optional.empty());
    requireNew(entry, reuse);
    write(with(entries(), entry), with(numbers, number.duplicate()));
    return entry;
  }

  /**
   * Seals everything under another password, with a fresh salt. Backups keep the password they were
   * made with.
   */
  public void changePassword(SecretText password, KdfSettings kdf) {
    requireStrong(password);
    KeystoreCipher before = cipher;
    KeystoreCipher after = KeystoreCipher.fresh(password, kdf, random);
    cipher = after;
    try {
      write(entries(), numbers);
    } catch (KeystoreException failure) {
      cipher = before;
      after.close();
      throw failure;
    }
    before.close();
  }

  /**
   * Writes keys into a new backup file, and reads it back.
   *
   * @param which of the names; {@code name -> true} for all
   * @throws KeystoreException EXISTS, WEAK_PASSWORD, NO_SUCH_KEY if none is meant, or if it cannot
   *     be written
   */
  public List<KeyEntry> backup(
      Path path, SecretText password, KdfSettings kdf, Predicate<String> which) {
    requireStrong(password);
    List<KeyEntry> kept = entries().stream().filter(entry -> which.test(entry.name())).toList();
    if (kept.isEmpty()) {
      throw new KeystoreException(KeystoreFault.NO_SUCH_KEY, "no key to back up in " + file);
    }
    List<KeyNumber> held = kept.stream().map(entry -> numbers.get(indexOf(entry.name()))).toList();
    KeystoreFile target = KeystoreFile.at(path);
    try (KeystoreFile.Writer writer = target.lock();
        KeystoreCipher other = KeystoreCipher.fresh(password, kdf, random)) {
      writer.create(other.seal(FileKind.BACKUP, now(clock), kept, held, random));
      other.open(target.read(FileKind.BACKUP)).forEach(KeyNumber::close);
    }
    return kept;
  }

  /**
   * What a backup holds, authentic since the password opens it.
   *
   * @throws KeystoreException if it does not, or the backup cannot be read
   */
  public static List<KeyEntry> checkBackup(Path path, SecretText password) {
    KeystoreText backup = KeystoreFile.at(path).read(FileKind.BACKUP);
    try (KeystoreCipher other = KeystoreCipher.of(backup.header(), password)) {
      other.open(backup).forEach(KeyNumber::close);
    }
    return backup.header().entries();
  }

  /** What a backup holds, without its password; when it was made is the time it was written. */
  public static List<KeyEntry> listBackup(Path path) {
    return KeystoreFile.at(path).read(FileKind.BACKUP).header().entries();
  }

  /**
   * Takes the keys of a backup in, each marked as restored: the next journal that is used with it
   * tombstones every nonce that was open in it. Keys that are here already stay, and are marked
   * too, because their journal may come from the same backup.
   *
   * @param password of the backup
   * @param which of the names; {@code name -> true} for all
   * @return what was restored, with its mark
   * @throws KeystoreException NAME_TAKEN, if another key has one of the names; NO_SUCH_KEY, if none
   *     is meant; nothing is restored then
   */
  public List<KeyEntry> restore(Path path, SecretText password, Predicate<String> which) {
    KeystoreText backup = KeystoreFile.at(path).read(FileKind.BACKUP);
    try (KeystoreCipher other = KeystoreCipher.of(backup.header(), password)) {
      List<KeyNumber> restored = other.open(backup);
      try {
        return restore(backup.header().entries(), restored, which);
      } finally {
        restored.forEach(KeyNumber::close);
      }
    }
  }

  private List<KeyEntry> restore(
      List<KeyEntry> found, List<KeyNumber> restored, Predicate<String> which) {
    byte[] id = new byte[RestoreMark.ID_SIZE];
    random.nextBytes(id);
    RestoreMark mark = new RestoreMark(Bytes.of(id), now(clock));
    List<KeyEntry> wanted = found.stream().filter(entry -> which.test(entry.name())).toList();
    requireRestorable(wanted);
    List<KeyEntry> all = new ArrayList<>(entries());
    List<KeyNumber> held = new ArrayList<>(numbers);
    List<KeyEntry> marked = new ArrayList<>();
    for (KeyEntry each : wanted) {
      Optional<KeyEntry> here = named(each.name());
      KeyEntry entry = here.orElse(each).restoredBy(mark);
      if (here.isPresent()) {
        all.set(indexOf(entry.name()), entry);
      } else {
        all.add(entry);
        held.add(restored.get(found.indexOf(each)).duplicate());
      }
      marked.add(entry);
    }
    write(all, held);
    return marked;
  }

  /** Before any secret is copied. */
  private void requireRestorable(List<KeyEntry> entries) {
    if (entries.isEmpty()) {
      throw new KeystoreException(KeystoreFault.NO_SUCH_KEY, "no key to restore from that backup");
    }
    int room = entries().size();
    for (KeyEntry entry : entries) {
      Optional<KeyEntry> here = named(entry.name());
      if (here.isEmpty()) {
        requireRoom(room);
        room++;
      } else if (!here.get().publicKey().equals(entry.publicKey())) {
        throw new KeystoreException(
            KeystoreFault.NAME_TAKEN, "name " + entry.name() + " is of another key here");
      }
    }
  }

  private void requireNew(KeyEntry entry, KeyReuse reuse) {
    if (named(entry.name()).isPresent()) {
      throw new KeystoreException(KeystoreFault.NAME_TAKEN, "name " + entry.name());
    }
    requireRoom(entries().size());
    // A key and its negation have one x-only key: to everybody else they are one.
    Optional<KeyEntry> same =
        entries().stream()
            .filter(other -> other.xOnlyPublicKey().equals(entry.xOnlyPublicKey()))
            .findFirst();
    if (same.isPresent() && reuse == KeyReuse.REFUSED) {
      throw new KeystoreException(
          KeystoreFault.KEY_REUSED,
          "key " + same.get().name() + ", for " + same.get().purpose().word() + ", is the same");
    }
  }

  private static void requireRoom(int entries) {
    if (entries >= KeystoreHeader.MAX_ENTRIES) {
      throw new KeystoreException(KeystoreFault.FULL, entries + " keys");
    }
  }

  /** Under the lock, and only over what this object has read. */
  private void write(List<KeyEntry> entries, List<KeyNumber> held) {
    try (KeystoreFile.Writer writer = file.lock()) {
      if (!file.read(FileKind.KEYSTORE).equals(text)) {
        throw new KeystoreException(KeystoreFault.CHANGED, file.toString());
      }
      KeystoreText next = cipher.seal(FileKind.KEYSTORE, now(clock), entries, held, random);
      writer.replace(next);
      text = next;
      numbers = new ArrayList<>(held);
    } catch (KeystoreException failure) {
      held.stream().filter(number -> !numbers.contains(number)).forEach(KeyNumber::close);
      throw failure;
    }
  }

  private Optional<KeyEntry> named(String name) {
    return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  private int indexOf(String name) {
    for (int i = 0; i < entries().size(); i++) {
      if (entries().get(i).name().equals(name)) {
        return i;
      }
    }
    KeyEntry.requireName(name);
    throw new KeystoreException(KeystoreFault.NO_SUCH_KEY, "name " + name + " in " + file);
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static void requireStrong(SecretText password) {
    if (password.length() < SHORTEST_PASSWORD) {
      throw new KeystoreException(
          KeystoreFault.WEAK_PASSWORD, "it has fewer than " + SHORTEST_PASSWORD + " characters");
    }
  }

  private static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Where what belongs to a key is kept: {@code KEYSTORE.NAME}, to which an ending is added. */
  public static Path beside(Path path, String name) {
    KeyEntry.requireName(name);
    return KeystoreFile.at(path).beside(name);
  }

  @Override
  public void close() {
    cipher.close();
    numbers.forEach(KeyNumber::close);
    numbers = new ArrayList<>();
  }

  @Override
  public String toString() {
    return "Keystore " + file;
  }
}
