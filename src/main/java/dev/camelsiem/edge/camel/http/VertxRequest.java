package dev.camelsiem.edge.camel.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Vert.x server, paused before its body: nothing of that is read until we say so,
 * so that neither a stranger nor a body without end costs memory.
 */
final class VertxRequest implements HttpRequest {
  private static final int FIRST_BYTES = 16 * 1024;

  /** What is read of a refused body, so that the sender gets to see the answer. */
  private static final long DISCARD_BYTES = 64L << 20;

  private static final long DISCARD_MILLIS = 5_000;

  private final HttpServerRequest request;

  VertxRequest(HttpServerRequest request) {
    this.request = request;
  }

  @Override
  public @Nullable String header(String name) {
    List<String> values = request.headers().getAll(name);
    return values.isEmpty() ? null : String.join(",", values);
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public String origin() {
    return "http://" + request.remoteAddress();
  }

  @Override
  public byte[] read(HttpLimits limits) throws HttpRefusal {
    Collector collector = new Collector(limits.bodyBytes());
    request.exceptionHandler(collector.done::completeExceptionally);
    request.handler(collector::add);
    request.endHandler(end -> collector.done.complete(null));
    request.resume();
    try {
      collector.done.get(limits.readMillis(), TimeUnit.MILLISECONDS);
      return collector.toBytes();
    } catch (TimeoutException e) {
      throw new HttpRefusal(
          408, "the body did not arrive within %d ms".formatted(limits.readMillis()));
    } catch (ExecutionException e) {
      throw collector.tooLarge
          ? new HttpRefusal(413, "the body is over %d bytes".formatted(limits.bodyBytes()))
          : new HttpRefusal(400, "the body was cut off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpRefusal(503, "the server is stopping");
    }
  }

  /** Passes over the rest for a while, then closes the connection. */
  @Override
  public void discard() {
    if (request.isEnded()) {
      return;
    }
    AtomicLong discarded = new AtomicLong();
    request.exceptionHandler(failure -> {});
    request.endHandler(end -> {});
    request.handler(
        buffer -> {
          if (discarded.addAndGet(buffer.length()) > DISCARD_BYTES) {
            request.connection().close();
          }
        });
    request.resume();
    Context context = Vertx.currentContext();
    if (context != null) { // a timer of the server's own ends with the server
      context.owner().setTimer(DISCARD_MILLIS, timer -> closeUnlessEnded());
    }
  }

  private void closeUnlessEnded() {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  /** Fills on the event loop; read by the worker once {@link #done}. */
  private static final class Collector {
    final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final int limit;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    volatile boolean tooLarge;

    Collector(int limit) {
      this.limit = limit;
    }

    synchronized void add(Buffer buffer) {
      if (tooLarge || done.isDone()) {
        return;
      }
      if (buffer.length() > limit - size) {
        tooLarge = true;
        bytes = new byte[0];
        done.completeExceptionally(new IllegalStateException("too large"));
        return;
      }
      if (buffer.length() > bytes.length - size) {
        long wanted = Math.max(2L * bytes.length, (long) size + buffer.length());
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limit));
      }
      buffer.getBytes(bytes, size);
      size += buffer.length();
    }

    synchronized byte[] toBytes() {
      return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    }
  }
}
