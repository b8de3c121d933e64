package org.beaconcohort.adapter.nostr.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.beaconcohort.adapter.nostr.socket.SocketEnd.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OkHttpConnectorTest {
  private static final int MAX = 10_000;

  private final OkHttpConnector connector = new OkHttpConnector(MAX);
  private final Ear ear = new Ear();

  @AfterEach
  void closeTheConnector() {
    connector.close();
  }

  /** A server whose side of the one WebSocket the test holds. */
  private static final class Peer extends WebSocketListener {
    private final BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Override
    public void onOpen(WebSocket socket, Response response) {
      opened.add(socket);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      received.add(text);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      socket.close(1000, null);
    }

    WebSocket socket() throws InterruptedException {
      WebSocket socket = opened.poll(20, TimeUnit.SECONDS);
      if (socket == null) {
        throw new AssertionError("client must connect, got no connection in 20 s");
      }
      return socket;
    }
  }

  private static MockWebServer serving(MockResponse response) throws IOException {
    MockWebServer server = new MockWebServer();
    server.enqueue(response);
    server.start();
    return server;
  }

  private static RelayUrl url(MockWebServer server) {
    return new RelayUrl("ws://127.0.0.1:" + server.getPort());
  }

  @Test
  void messagesGoBothWaysInOrderAndAGoodbyeOfThePeerIsHeardOnce() throws Exception {
    Peer peer = new Peer();
    try (MockWebServer server =
        serving(new MockResponse.Builder().webSocketUpgrade(peer).build())) {
      RelaySocket socket = connector.connect(url(server), ear);
      WebSocket other = peer.socket();
      assertEquals("opened", ear.next());
      assertTrue(socket.send("hello"));
      assertEquals("hello", peer.received.poll(20, TimeUnit.SECONDS));
      other.send("one");
      other.send(ByteString.encodeUtf8("xyz"));
      other.send("two");
      assertEquals("one", ear.next());
      assertEquals("binary 3", ear.next());
      assertEquals("two", ear.next());

      other.close(1012, "restarting");

      assertEquals("ended", ear.next());
      assertEquals(new SocketEnd(Cause.CLOSED, "code 1012 restarting"), ear.end());
      assertFalse(socket.send("too late"));
      socket.close();
      socket.abort();
      assertTrue(ear.isSilentFor(200));
    }
  }

  @Test
  void ourGoodbyeIsHeardOnceToo() throws Exception {
    Peer peer = new Peer();
    try (MockWebServer server =
        serving(new MockResponse.Builder().webSocketUpgrade(peer).build())) {
      RelaySocket socket = connector.connect(url(server), ear);
      assertEquals("opened", ear.next());
      socket.close();
      socket.close();

      assertEquals("ended", ear.next());
      assertEquals(Cause.CLOSED, ear.end().cause());
      assertTrue(ear.isSilentFor(200));
    }
  }

  @Test
  void abortEndsItOnce() throws Exception {
    Peer peer = new Peer();
    try (MockWebServer server =
        serving(new MockResponse.Builder().webSocketUpgrade(peer).build())) {
      RelaySocket socket = connector.connect(url(server), ear);
      assertEquals("opened", ear.next());
      socket.abort();

      assertEquals("ended", ear.next());
      assertEquals(Cause.BROKEN, ear.end().cause());
      assertTrue(ear.isSilentFor(200));
    }
  }

  @Test
  void closingTheConnectorEndsOpenSocketsOnce() throws Exception {
    try (RawServer mute = new RawServer("", (in, out) -> {})) {
      connector.connect(mute.url(), ear);
      assertEquals("opened", ear.next());
      connector.close();

      assertEquals("ended", ear.next());
      assertEquals(Cause.BROKEN, ear.end().cause());
      assertTrue(ear.isSilentFor(200));
    }
  }

  @Test
  void aStatusThatWillNotChangeIsARefusalAndOneThatMayIsNot() throws Exception {
    Object[][] cases = {
      {403, Cause.REFUSED},
      {404, Cause.REFUSED},
      {200, Cause.REFUSED},
      {301, Cause.REFUSED},
      {429, Cause.BROKEN},
      {503, Cause.BROKEN}
    };
    for (Object[] row : cases) {
      Ear each = new Ear();
      try (MockWebServer server =
          serving(
              new MockResponse.Builder()
                  .code((Integer) row[0])
                  .addHeader("Location", "http://127.0.0.1:1/")
                  .build())) {
        connector.connect(url(server), each);
        SocketEnd end = each.end();
        assertEquals(row[1], end.cause(), end.reason());
        assertTrue(end.reason().contains(String.valueOf(row[0])), end.reason());
      }
    }
  }

  @Test
  void aPortWhereNobodyListensIsABrokenConnection() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    connector.connect(new RelayUrl("ws://127.0.0.1:" + port), ear);
    assertEquals("ended", ear.next());
    assertEquals(Cause.BROKEN, ear.end().cause());
  }

  @Test
  void aServerThatFreezesIsNoticedByPings() throws Exception {
    try (OkHttpConnector impatient = new OkHttpConnector(MAX, Duration.ofMillis(300));
        RawServer frozen = new RawServer("", (in, out) -> {})) {
      impatient.connect(frozen.url(), ear);
      assertEquals("opened", ear.next());
      assertEquals("ended", ear.next());
      assertEquals(Cause.BROKEN, ear.end().cause());
    }
  }

  @Test
  void compressionIsNeitherOfferedNorAcceptedUnasked() throws Exception {
    byte[] bomb = deflated("x".repeat(5_000_000));
    try (RawServer hostile =
        new RawServer(
            "Sec-WebSocket-Extensions: permessage-deflate\r\n",
            (in, out) -> {
              RawServer.frame(out, 0xc1, bomb);
              out.flush();
            })) {
      connector.connect(hostile.url(), ear);
      assertEquals("opened", ear.next());
      assertEquals("ended", ear.next());
      assertEquals(Cause.BROKEN, ear.end().cause());
      assertTrue(
          hostile.requestLines().stream()
              .noneMatch(
                  line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions")),
          hostile.requestLines().toString());
    }
  }

  @Test
  void aMessageAboveTheLimitEndsTheConnection() throws Exception {
    Peer peer = new Peer();
    try (MockWebServer server =
        serving(new MockResponse.Builder().webSocketUpgrade(peer).build())) {
      connector.connect(url(server), ear);
      WebSocket other = peer.socket();
      assertEquals("opened", ear.next());
      other.send("x".repeat(MAX));
      other.send("x".repeat(MAX + 1));

      assertEquals("x".repeat(MAX), ear.next());
      assertEquals("ended", ear.next());
      assertEquals(Cause.OVERSIZED, ear.end().cause());
      assertTrue(ear.isSilentFor(200));
    }
  }

  @Test
  void aMessageThatNeverEndsIsCutOffBeforeItIsCollected() throws Exception {
    BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
    try (RawServer endless =
        new RawServer(
            "",
            (in, out) -> {
              int total = 0;
              try {
                byte[] chunk = new byte[8_192];
                Arrays.fill(chunk, (byte) 'x');
                RawServer.frame(out, 0x01, chunk);
                while (total < 200_000_000) {
                  RawServer.frame(out, 0x00, chunk);
                  total += chunk.length;
                }
              } finally {
                written.add(total);
              }
            })) {
      connector.connect(endless.url(), ear);
      assertEquals("opened", ear.next());
      assertEquals("ended", ear.next());
      assertEquals(Cause.OVERSIZED, ear.end().cause());
      Integer total = written.poll(20, TimeUnit.SECONDS);
      assertTrue(total != null && total < 50_000_000, "the server got rid of " + total);
    }
  }

  private static byte[] deflated(String text) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4_096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
