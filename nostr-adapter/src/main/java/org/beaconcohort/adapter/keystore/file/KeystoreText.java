package org.beaconcohort.adapter.keystore.file;

import java.nio.charset.StandardCharsets;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.hash.Sha256;

/**
 * A keystore file, three lines of ASCII: the header as JSON, the sealed keys in hexadecimal,
 * SHA-256 of both lines. The hash finds accidents, the cipher finds attackers.
 *
 * @param header the first line
 * @param sealed 32 bytes for each entry, encrypted, and the 16 bytes of the tag
 */
public record KeystoreText(KeystoreHeader header, Bytes sealed) {
  /** The longest file that is read, in bytes. */
  public static final int MAX_SIZE = 1024 * 1024;

  private static final int HASH_DIGITS = 64;

  /** The additional data of the cipher: the first line and its end. */
  byte[] additionalData() {
    return ascii(header.text() + "\n");
  }

  /** The file. */
  public byte[] encode() {
    String lines = header.text() + "\n" + sealed.hex() + "\n";
    return ascii(lines + hash(lines) + "\n");
  }

  /**
   * Parses a file.
   *
   * @throws KeystoreException NOT_A_KEYSTORE, UNKNOWN_VERSION, TRUNCATED, DAMAGED or
   *     ABSURD_PARAMETERS
   */
  public static KeystoreText decode(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String start = KeystoreHeader.START;
    if (text.length() < start.length() && start.startsWith(text)) {
      throw truncated(text);
    }
    if (!text.startsWith(start) || text.length() > MAX_SIZE) {
      throw new KeystoreException(
          KeystoreFault.NOT_A_KEYSTORE,
          "it must begin with " + start + " and be at most " + MAX_SIZE + " bytes");
    }
    int first = text.indexOf('\n');
    if (first < 0) {
      throw truncated(text);
    }
    String header = text.substring(0, first);
    KeystoreHeader.requireVersion(header);
    int second = text.indexOf('\n', first + 1);
    if (second < 0 || text.length() < second + 1 + HASH_DIGITS + 1) {
      throw truncated(text);
    }
    String hash = hash(text.substring(0, second + 1)) + "\n";
    if (!text.substring(second + 1).equals(hash)) {
      throw damaged("its checksum must be that of its lines, it is another");
    }
    KeystoreHeader read = KeystoreHeader.parse(header);
    return new KeystoreText(read, sealed(text.substring(first + 1, second), read));
  }

  private static Bytes sealed(String line, KeystoreHeader header) {
    int size = KeystoreCipher.sealedSize(header.entries().size());
    if (line.length() != 2 * size || !line.matches("[0-9a-f]*")) {
      throw damaged("its keys must be " + 2 * size + " hexadecimal digits, they are not");
    }
    return Bytes.ofHex(line);
  }

  private static String hash(String lines) {
    return Bytes.of(Sha256.plain().add(lines.getBytes(StandardCharsets.ISO_8859_1)).finish()).hex();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static KeystoreException truncated(String text) {
    return new KeystoreException(
        KeystoreFault.TRUNCATED, "it ends after " + text.length() + " bytes");
  }

  private static KeystoreException damaged(String what) {
    return new KeystoreException(KeystoreFault.DAMAGED, what);
  }
}
