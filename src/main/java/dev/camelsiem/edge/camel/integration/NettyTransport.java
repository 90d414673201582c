package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.edge.camel.syslog.sink.Failures;
import dev.camelsiem.edge.camel.syslog.sink.SyslogWire;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.delivery.Transport;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** An outlet's way over Camel's netty producer. */
final class NettyTransport implements Transport {
  private final SyslogWire wire;
  private volatile @Nullable CompletableFuture<Void> underWay;
  private volatile boolean closed;

  NettyTransport(CamelContext context, Destination destination, Listener listener) {
    wire = new SyslogWire(context, destination, SyslogWire.LARGEST_DATAGRAM, listener);
    wire.start();
  }

  @Override
  public void send(EncodedBatch batch) throws IOException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    underWay = done;
    if (closed) {
      throw new IOException("closed");
    }
    Exchange exchange = wire.exchange(batch);
    wire.process(exchange, sync -> done.complete(null));
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new IOException(Failures.describe(e), e);
    } finally {
      underWay = null;
    }
    if (exchange.getException() != null) {
      throw new IOException(Failures.describe(exchange.getException()), exchange.getException());
    }
  }

  @Override
  public void close() {
    closed = true;
    wire.stop();
    CompletableFuture<Void> waiting = underWay;
    if (waiting != null) {
      waiting.completeExceptionally(new IOException("closed before the write was done"));
    }
  }
}
