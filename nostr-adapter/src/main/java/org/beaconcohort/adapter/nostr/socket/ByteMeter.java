package org.beaconcohort.adapter.nostr.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a connection delivers between two whole messages and breaks it when that is too much.
 * OkHttp has no limit of its own: it would collect a message of any size in memory.
 */
final class ByteMeter {
  private final long max;
  private final AtomicLong sinceMessage = new AtomicLong();

  ByteMeter(long max) {
    this.max = max;
  }

  void messageIsWhole() {
    sinceMessage.set(0);
  }

  boolean exceeded() {
    return sinceMessage.get() > max;
  }

  InputStream metered(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int read = in.read(to, offset, length);
        count(Math.max(read, 0));
        return read;
      }
    };
  }

  private void count(int bytes) throws IOException {
    if (sinceMessage.addAndGet(bytes) > max) {
      throw new IOException("relay sent more than " + max + " bytes without ending a message");
    }
  }
}
