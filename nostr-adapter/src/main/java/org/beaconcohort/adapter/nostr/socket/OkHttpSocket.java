package org.beaconcohort.adapter.nostr.socket;

import java.security.cert.CertificateException;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.beaconcohort.adapter.nostr.socket.SocketEnd.Cause;
import org.jspecify.annotations.Nullable;

/** Turns OkHttp's callbacks, which may come from two threads, into a listener's orderly life. */
final class OkHttpSocket extends WebSocketListener implements RelaySocket {
  private static final int NORMAL = 1000;

  private final SocketListener listener;
  private final ByteMeter meter;
  private final int maxMessage;
  private final Consumer<OkHttpSocket> afterEnd;
  private volatile @Nullable WebSocket webSocket;
  private boolean over;

  OkHttpSocket(
      SocketListener listener, ByteMeter meter, int maxMessage, Consumer<OkHttpSocket> afterEnd) {
    this.listener = listener;
    this.meter = meter;
    this.maxMessage = maxMessage;
    this.afterEnd = afterEnd;
  }

  void attach(WebSocket opening) {
    webSocket = opening;
  }

  void refuse(String reason) {
    end(Cause.REFUSED, reason);
  }

  @Override
  public boolean send(String text) {
    WebSocket socket = webSocket;
    return socket != null && socket.send(text);
  }

  @Override
  public void close() {
    WebSocket socket = webSocket;
    if (socket != null) {
      socket.close(NORMAL, null);
    }
  }

  @Override
  public void abort() {
    WebSocket socket = webSocket;
    if (socket != null) {
      socket.cancel();
    }
  }

  @Override
  public synchronized void onOpen(WebSocket socket, Response response) {
    if (!over) {
      meter.messageIsWhole();
      listener.opened();
    }
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    if (text.length() > maxMessage) {
      end(Cause.OVERSIZED, "a message of " + text.length() + " characters");
      socket.cancel();
      return;
    }
    synchronized (this) {
      meter.messageIsWhole();
      if (!over) {
        listener.received(text);
      }
    }
  }

  @Override
  public synchronized void onMessage(WebSocket socket, ByteString bytes) {
    meter.messageIsWhole();
    if (!over) {
      listener.receivedBinary(bytes.size());
    }
  }

  /** Without an answer to the peer's goodbye OkHttp would never report the end. */
  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    socket.close(NORMAL, null);
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    end(Cause.CLOSED, "code " + code + (reason.isEmpty() ? "" : " " + reason));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable error, @Nullable Response response) {
    if (meter.exceeded()) {
      end(Cause.OVERSIZED, describe(error));
    } else if (response != null && isFinal(response.code())) {
      end(Cause.REFUSED, "HTTP " + response.code() + " " + response.message());
    } else if (response != null && response.code() != 101) {
      end(Cause.BROKEN, "HTTP " + response.code() + " " + response.message());
    } else if (isCertificate(error)) {
      end(Cause.REFUSED, describe(error));
    } else {
      end(Cause.BROKEN, describe(error));
    }
  }

  private synchronized void end(Cause cause, String reason) {
    if (!over) {
      over = true;
      afterEnd.accept(this);
      listener.ended(new SocketEnd(cause, reason));
    }
  }

  /** Statuses that trying again in a minute will not change. */
  private static boolean isFinal(int status) {
    boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
    return status != 101 && !passing;
  }

  private static boolean isCertificate(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SSLPeerUnverifiedException || e instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static String describe(Throwable error) {
    String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    return message == null || message.isEmpty() ? name : name + ": " + message;
  }
}
