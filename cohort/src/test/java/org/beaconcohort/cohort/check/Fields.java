package org.beaconcohort.cohort.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/** Fields of signing-safety 2.6, each after its length in 4 bytes. */
final class Fields {
  private final List<Bytes> fields = new ArrayList<>();

  Fields bytes(Bytes field) {
    fields.add(Bytes.of(ByteBuffer.allocate(4).putInt(field.size()).array()));
    fields.add(field);
    return this;
  }

  Bytes hash(String tag) {
    return TaggedHash.hash(tag, fields.toArray(Bytes[]::new));
  }
}
