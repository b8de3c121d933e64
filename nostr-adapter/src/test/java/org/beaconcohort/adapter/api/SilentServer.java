package org.beaconcohort.adapter.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes connections and says nothing on them, or nothing more than what opens a WebSocket, which it
 * lets a real relay say.
 */
final class SilentServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private SilentServer(String relay) {
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(() -> {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        if (!relay.isEmpty()) {
          handshake(client, relay);
        }
      }
    });
  }

  /** Silent from the TCP connection on. */
  static SilentServer tcp() {
    return new SilentServer("");
  }

  /** Silent from the handshake on, which the relay at {@code url} answers. */
  static SilentServer webSocket(String url) {
    return new SilentServer(url);
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  /** How many connections it took. */
  int connections() {
    return open.size();
  }

  private void handshake(Socket client, String relay) throws IOException {
    URI at = URI.create(relay);
    Socket behind = new Socket(at.getHost(), at.getPort());
    open.add(behind);
    pass(client.getInputStream(), behind.getOutputStream());
    pass(behind.getInputStream(), client.getOutputStream());
    // What is said from here on is read and forgotten.
    start(() -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  /** Passes on everything up to the end of the header. */
  private static void pass(InputStream from, OutputStream to) throws IOException {
    int ends = 0;
    for (int next = from.read(); next >= 0; next = from.read()) {
      to.write(next);
      ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
      if (ends == 2) {
        break;
      }
    }
    to.flush();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    var unused =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                work.run();
              } catch (IOException closed) {
                // It was closed, or the other side was.
              }
            });
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
