package org.beaconcohort.adapter.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Calls of one Esplora server: bounded time, bounded size, no redirects to elsewhere. */
final class EsploraHttp {
  /** An answer with its HTTP status. */
  record Answer(int status, String text) {}

  /** Larger than any standard transaction in hex, and than any list a beacon address has. */
  private static final long MOST_BYTES = 2L * 1024 * 1024;

  private static final MediaType TEXT = MediaType.get("text/plain");

  private final OkHttpClient client;
  private final HttpUrl base;

  EsploraHttp(String url) {
    this(url, List.of());
  }

  /** A server whose answers {@code interceptors} see first, and may give themselves. */
  EsploraHttp(String url, List<Interceptor> interceptors) {
    HttpUrl parsed = HttpUrl.parse(url);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "chain source must be an http:// or https:// URL, got " + url);
    }
    this.base = parsed;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ofSeconds(20))
            .callTimeout(Duration.ofSeconds(40));
    interceptors.forEach(builder::addInterceptor);
    this.client = builder.build();
  }

  /** The body of a 200, or nothing of a 404. */
  Optional<String> get(String path) {
    Answer answer = call(new Request.Builder().url(url(path)).build(), path);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw ChainException.unavailable("GET " + path + " gave status " + answer.status());
    }
    return Optional.of(answer.text());
  }

  /** The answer to a POST of text. */
  Answer post(String path, String text) {
    return call(
        new Request.Builder().url(url(path)).post(RequestBody.create(text, TEXT)).build(), path);
  }

  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private HttpUrl url(String path) {
    return base.newBuilder().addPathSegments(path).build();
  }

  private Answer call(Request request, String path) {
    try (Response response = client.newCall(request).execute()) {
      BufferedSource source = response.body().source();
      if (source.request(MOST_BYTES + 1)) {
        throw ChainException.nonsense(path + " gave more than " + MOST_BYTES + " bytes");
      }
      byte[] bytes = source.readByteArray();
      return new Answer(response.code(), new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException unreachable) {
      throw ChainException.unavailable(path + " failed", unreachable);
    }
  }
}
