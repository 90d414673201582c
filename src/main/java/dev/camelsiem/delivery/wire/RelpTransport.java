package dev.camelsiem.delivery.wire;

import com.teragrep.rlp_01.RelpBatch;
import com.teragrep.rlp_01.RelpConnection;
import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * RELP: the receiver acknowledges every event. A window counts when each of its events was answered
 * with 200; events leave when the window ends. The library works on a thread of its own, so that
 * {@link #close} never waits for it.
 */
final class RelpTransport implements Transport {
  private static final int WINDOW_EVENTS = 500;

  private final WireSettings settings;
  private final WireLimits limits;
  private final Listener listener;
  private final @Nullable TlsClient tls;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "siem-relp");
            thread.setDaemon(true);
            library = thread;
            return thread;
          });
  private volatile @Nullable Thread library;
  private volatile @Nullable CompletableFuture<Void> underWay;
  private volatile boolean closed;

  // The worker's.
  private @Nullable RelpConnection connection;
  private String peer = "";
  private int first;
  private final Refusals refusals;

  // The caller's.
  private Exchange window = new Exchange();
  private boolean open;
  private long openedAt;
  private long mark = ConfirmingTransport.NOTHING;

  /** Events that leave together. */
  private static final class Exchange {
    final RelpBatch batch = new RelpBatch();
    final List<Long> ids = new ArrayList<>();
    final List<byte[]> events = new ArrayList<>();
    long bytes;

    void add(byte[] event) {
      ids.add(batch.insert(event));
      events.add(event);
      bytes += event.length;
    }

    /** Those that were answered, and not with 200, each as a number that its bytes give. */
    List<Long> refused() {
      List<Long> refused = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        if (!batch.verifyTransaction(ids.get(i))) {
          byte[] event = events.get(i);
          refused.add((long) event.length << 32 | Arrays.hashCode(event) & 0xffff_ffffL);
        }
      }
      return refused;
    }
  }

  RelpTransport(WireSettings settings, WireLimits limits, Listener listener) {
    this.settings = settings;
    this.limits = limits;
    this.listener = listener;
    refusals = new Refusals(limits.retest());
    tls = settings.tls() == null ? null : new TlsClient(settings.tls());
  }

  @Override
  public void send(EncodedBatch batch, long newMark) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    byte[] array = batch.array();
    for (int i = 0; i < batch.size(); i++) {
      window.add(Arrays.copyOfRange(array, batch.start(i), batch.end(i)));
    }
    mark = newMark;
    if (!open) {
      open = true;
      openedAt = System.nanoTime();
    }
  }

  @Override
  public boolean isDue() {
    boolean full = window.events.size() >= WINDOW_EVENTS || window.bytes >= limits.maxBytes();
    return open && (full || System.nanoTime() - dueAt() >= 0);
  }

  /** Soon: what waits here has not left yet. */
  @Override
  public long dueAt() {
    return open ? openedAt + limits.age().toNanos() / 10 : System.nanoTime() + Long.MAX_VALUE / 4;
  }

  @Override
  public long confirm() throws IOException, InterruptedException {
    Exchange sent = window;
    window = new Exchange();
    open = false;
    if (!sent.events.isEmpty()) {
      commit(sent);
      listener.state(SenderState.IDLE);
    }
    return mark;
  }

  @Override
  public long settle() throws IOException, InterruptedException {
    return confirm();
  }

  @Override
  public void close() {
    synchronized (worker) {
      if (closed) {
        return;
      }
      closed = true;
      worker.execute(this::disconnect);
      worker.shutdown();
    }
    CompletableFuture<Void> waiting = underWay;
    if (waiting != null) {
      waiting.completeExceptionally(new IOException("closed"));
      worker.shutdownNow(); // interrupts the library
    }
  }

  private void commit(Exchange sent) throws IOException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    underWay = done;
    synchronized (worker) {
      if (closed) {
        throw new IOException("closed");
      }
      worker.execute(() -> exchange(sent, done));
    }
    try {
      await(done);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException why
          ? why
          : new IOException(peer + ": " + Failures.describe(e.getCause()), e.getCause());
    } finally {
      underWay = null;
    }
  }

  /** A receiver that says something now and then, but not what is waited for, is not believed. */
  private void await(CompletableFuture<Void> done) throws ExecutionException, InterruptedException {
    try {
      done.get(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Thread waiting = library;
      if (waiting != null) {
        waiting.interrupt();
      }
      done.get();
    }
  }

  private void exchange(Exchange sent, CompletableFuture<Void> done) {
    try {
      exchange(sent);
      done.complete(null);
    } catch (Throwable e) { // an Error too: somebody waits
      done.completeExceptionally(e);
      tearDown();
    }
  }

  private void exchange(Exchange sent) throws IOException {
    RelpConnection to = connection;
    if (to == null) {
      to = connect();
      connection = to;
    }
    listener.state(SenderState.CONFIRMING);
    listener.sent(sent.events.size(), sent.bytes);
    try {
      to.commit(sent.batch);
    } catch (IOException | TimeoutException | IllegalStateException e) {
      throw new IOException(peer + " did not acknowledge: " + Failures.describe(e), e);
    }
    if (sent.batch.verifyTransactionAll()) {
      refusals.forget();
      return;
    }
    List<Long> refused = sent.refused();
    if (!refusals.areForGood(refused, sent.ids.size())) {
      throw new IOException(peer + " refused events");
    }
    listener.lost(refused.size(), "refused by the receiver");
  }

  private RelpConnection connect() throws IOException {
    listener.state(SenderState.CONNECTING);
    List<String> reasons = new ArrayList<>();
    int count = settings.addresses().size();
    for (int i = 0; i < count && !closed; i++) {
      int index = (first + i) % count;
      InetSocketAddress named = settings.addresses().get(index);
      try {
        for (InetAddress address :
            Connector.inOrder(InetAddress.getAllByName(named.getHostString()), null, null)) {
          RelpConnection made = connect(named, address, reasons);
          if (made != null) {
            first = index;
            peer = named.getHostString() + ":" + named.getPort();
            listener.connected(peer);
            return made;
          }
        }
      } catch (UnknownHostException e) {
        reasons.add("no address is known for " + named.getHostString());
      }
    }
    throw new IOException(closed ? "closed" : String.join("; ", reasons));
  }

  private @Nullable RelpConnection connect(
      InetSocketAddress named, InetAddress address, List<String> reasons) throws IOException {
    String tried = address.getHostAddress() + ":" + named.getPort();
    RelpConnection made = tls == null ? new RelpConnection() : secure(tls, named);
    made.setConnectionTimeout((int) settings.connectTimeout().toMillis());
    made.setReadTimeout((int) settings.confirmTimeout().toMillis());
    made.setWriteTimeout((int) settings.confirmTimeout().toMillis());
    made.setKeepAlive(true);
    try {
      if (made.connect(address.getHostAddress(), named.getPort())) {
        return made;
      }
      reasons.add(tried + " does not speak RELP");
    } catch (IOException | TimeoutException | RuntimeException e) {
      reasons.add("cannot connect to " + tried + ": " + Failures.describe(e));
    }
    made.tearDown();
    return null;
  }

  private static RelpConnection secure(TlsClient client, InetSocketAddress named)
      throws IOException {
    SSLEngine engine = client.engine(named.getHostString(), named.getPort());
    return new RelpConnection(() -> engine);
  }

  private void disconnect() {
    RelpConnection last = connection;
    if (last != null) {
      try {
        boolean unused = last.disconnect();
      } catch (IOException | TimeoutException | RuntimeException e) {
        tearDown(); // the receiver sees an end without a goodbye, which loses nothing
      }
      connection = null;
    }
  }

  private void tearDown() {
    RelpConnection last = connection;
    connection = null;
    if (last != null) {
      first = (first + 1) % settings.addresses().size();
      last.tearDown();
    }
  }
}
