package org.beaconcohort.adapter.nostr.socket;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes what a socket says as lines of text. */
final class Ear implements SocketListener {
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<SocketEnd> ends = new LinkedBlockingQueue<>();

  @Override
  public void opened() {
    heard.add("opened");
  }

  @Override
  public void received(String text) {
    heard.add(text);
  }

  @Override
  public void receivedBinary(int bytes) {
    heard.add("binary " + bytes);
  }

  @Override
  public void ended(SocketEnd end) {
    heard.add("ended");
    ends.add(end);
  }

  String next() throws InterruptedException {
    String line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return line == null ? "nothing in " + PATIENCE_SECONDS + " s" : line;
  }

  SocketEnd end() throws InterruptedException {
    SocketEnd end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("socket must end, got no end in " + PATIENCE_SECONDS + " s");
    }
    return end;
  }

  /** Whether anything more comes within {@code millis}. */
  boolean isSilentFor(long millis) throws InterruptedException {
    return heard.poll(millis, TimeUnit.MILLISECONDS) == null && ends.isEmpty();
  }
}
