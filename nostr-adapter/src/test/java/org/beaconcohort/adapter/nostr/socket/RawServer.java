package org.beaconcohort.adapter.nostr.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that opens WebSockets by hand, to do what no library would. */
public final class RawServer implements AutoCloseable {
  /** What happens on a connection after the handshake. */
  public interface Script {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<String> requestLines = new CopyOnWriteArrayList<>();
  private final String moreHeaders;
  private final Script script;

  public RawServer(String moreHeaders, Script script) throws IOException {
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.moreHeaders = moreHeaders;
    this.script = script;
    Thread.ofPlatform().daemon().start(this::serve);
  }

  public RelayUrl url() {
    return new RelayUrl("ws://127.0.0.1:" + server.getLocalPort());
  }

  List<String> requestLines() {
    return requestLines;
  }

  private void serve() {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      String key = "";
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        requestLines.add(line);
        if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
          key = line.substring(line.indexOf(':') + 1).trim();
        }
      }
      OutputStream out = socket.getOutputStream();
      String answer =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accept(key)
              + "\r\n"
              + moreHeaders
              + "\r\n";
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      script.run(in, out);
      done.await(60, TimeUnit.SECONDS);
    } catch (IOException e) {
      requestLines.add("connection broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A text frame, unmasked. */
  public static void text(OutputStream out, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    frame(out, 0x81, payload);
    out.flush();
  }

  static void frame(OutputStream out, int firstByte, byte[] payload) throws IOException {
    out.write(firstByte);
    out.write(126);
    out.write(payload.length >>> 8);
    out.write(payload.length);
    out.write(payload);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static String accept(String key) {
    try {
      byte[] joined =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    done.countDown();
    server.close();
  }
}
