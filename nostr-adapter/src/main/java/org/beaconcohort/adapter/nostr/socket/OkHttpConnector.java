package org.beaconcohort.adapter.nostr.socket;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sockets by OkHttp: one client for all relays, a ping every 25 s, no compression (a small frame
 * could unpack to any size), no redirects, and a hard limit on what a relay may send.
 */
public final class OkHttpConnector implements SocketConnector, AutoCloseable {
  /** Less than half the shortest time after which relays are known to drop an idle client. */
  public static final Duration PING = Duration.ofSeconds(25);

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  /** Of bytes to characters, with room for framing, pings and TLS. */
  private static final long METER_FACTOR = 4;

  private final OkHttpClient client;
  private final int maxMessage;
  private final Set<OkHttpSocket> live = ConcurrentHashMap.newKeySet();

  /** Messages may have {@code maxMessage} characters. */
  public OkHttpConnector(int maxMessage) {
    this(maxMessage, PING);
  }

  OkHttpConnector(int maxMessage, Duration ping) {
    this.maxMessage = maxMessage;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ZERO)
            .pingInterval(ping)
            .webSocketCloseTimeout(Duration.ofSeconds(5))
            .followRedirects(false)
            .followSslRedirects(false)
            .addInterceptor(OkHttpConnector::withoutExtensions)
            .build();
  }

  @Override
  public RelaySocket connect(RelayUrl relay, SocketListener listener) {
    ByteMeter meter = new ByteMeter(METER_FACTOR * maxMessage + 65_536);
    OkHttpSocket socket = new OkHttpSocket(listener, meter, maxMessage, live::remove);
    live.add(socket);
    Request request;
    try {
      request = new Request.Builder().url(relay.text()).build();
    } catch (IllegalArgumentException e) {
      socket.refuse("not an address: " + e.getMessage());
      return socket;
    }
    OkHttpClient metered = client.newBuilder().socketFactory(new MeteredSockets(meter)).build();
    socket.attach(metered.newWebSocket(request, socket));
    return socket;
  }

  /** Drops all sockets and lets the threads end. */
  @Override
  public void close() {
    live.forEach(OkHttpSocket::abort);
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** From the question, and from the answer of a server that offers them unasked. */
  private static Response withoutExtensions(Interceptor.Chain chain) throws IOException {
    Request request = chain.request().newBuilder().removeHeader(EXTENSIONS).build();
    return chain.proceed(request).newBuilder().removeHeader(EXTENSIONS).build();
  }
}
