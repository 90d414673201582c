package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import dev.camelsiem.edge.camel.intake.LogLimit;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Supervision;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One route behind a path of an {@link HttpServer}: makes an exchange of each batch.
 *
 * <p>The path is known from the moment the route is set up, so that a request that comes too early
 * or too late is told to come again.
 */
public class HttpConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConsumer.class);

  private final AtomicInteger pending = new AtomicInteger();
  private final LogLimit lettersLost = new LogLimit();
  private volatile boolean open;
  private volatile boolean needsPort;
  private volatile boolean mayWork = true;
  private volatile boolean lettersFirst;
  private volatile @Nullable HttpServer server;
  private volatile @Nullable Site site;
  private volatile @Nullable DeadLetters deadLetters;

  HttpConsumer(HttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  @Override
  public HttpEndpoint getEndpoint() {
    return (HttpEndpoint) super.getEndpoint();
  }

  /** Where events go, such as {@code http://127.0.0.1:8080/events}; null while it is stopped. */
  public @Nullable String url() {
    HttpServer running = server;
    Site own = site;
    return running == null || own == null || !open ? null : running.url() + own.path();
  }

  /** For what tests look at. */
  HttpServer server() {
    return Objects.requireNonNull(server);
  }

  /** Checks the settings and makes the path known. */
  @Override
  protected void doInit() throws Exception {
    super.doInit();
    HttpSettings settings = getEndpoint().getSettings();
    Site made = settings.site(getEndpoint(), new OwnWay());
    deadLetters = new DeadLetters(settings.deadLetters());
    HttpServers servers = getEndpoint().servers();
    server = servers.register(settings.server(), made, getEndpoint().getCamelContext());
    site = made;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    mayWork = true;
    Objects.requireNonNull(deadLetters).open(getEndpoint().getCamelContext());
    boolean opened = false;
    try {
      needsPort = true; // first: another route that stops just now must not close it
      server().open();
      opened = true;
    } finally {
      needsPort = opened;
    }
    open = true;
    LOG.info("{} takes events at {}", getEndpoint().getName(), url());
  }

  @Override
  protected void doSuspend() {
    open = false;
  }

  @Override
  protected void doResume() throws Exception {
    needsPort = true;
    server().open();
    open = true;
  }

  /** What is worked on was waited for by Camel, as long as it has time. */
  @Override
  protected void doStop() throws Exception {
    open = false;
    mayWork = false;
    needsPort = false;
    if (server != null) {
      server.closeIfUnused();
    }
    ServiceHelper.stopService(deadLetters);
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    if (server != null && site != null) {
      getEndpoint().servers().forget(server, site);
    }
    super.doShutdown();
  }

  @Override
  public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
    return false;
  }

  @Override
  public int getPendingExchangesSize() {
    return pending.get();
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    open = false;
    if (forced) {
      mayWork = false;
    }
  }

  /** Events whose route has failed are answered with 503. */
  private BatchOutcome pass(List<RawEvent> batch) {
    Exchange exchange = createExchange(false);
    SourceRoutes.begin(exchange);
    try {
      exchange.getMessage().setBody(batch);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        HttpFailure.log(exchange.getException());
      }
      boolean taken =
          exchange.getException() == null
              && !exchange.isRollbackOnly()
              && !exchange.isRollbackOnlyLast()
              && exchange.getProperty(HttpFailure.PROPERTY) == null;
      return new BatchOutcome(taken, DeadLetters.rejected(exchange));
    } catch (Exception e) {
      HttpFailure.log(e);
      return new BatchOutcome(false, List.of());
    } catch (Throwable e) {
      Supervision.failed("siem-http-source", e, "the request is answered with 503");
      return new BatchOutcome(false, List.of());
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private boolean keep(List<DeadLetter> letters) {
    Exchange exchange = createExchange(false);
    SourceRoutes.begin(exchange);
    try {
      Objects.requireNonNull(deadLetters).send(exchange, letters);
      lettersFirst = false;
      return true;
    } catch (RuntimeException e) {
      lettersFirst = true;
      if (lettersLost.count()) {
        LOG.warn(
            "The bad lines of a request could not be kept, it was answered with 503 ({} so far)",
            lettersLost.total(),
            e);
      }
      return false;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** Into this route. */
  private final class OwnWay implements Way {
    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public boolean needsPort() {
      return needsPort;
    }

    @Override
    public boolean mayWork() {
      return mayWork;
    }

    @Override
    public void begun() {
      pending.incrementAndGet();
    }

    @Override
    public void ended() {
      pending.decrementAndGet();
    }

    @Override
    public BatchOutcome pass(List<RawEvent> batch) {
      return HttpConsumer.this.pass(batch);
    }

    @Override
    public boolean lettersFirst() {
      return lettersFirst;
    }

    @Override
    public boolean keep(List<DeadLetter> letters) {
      return HttpConsumer.this.keep(letters);
    }
  }
}
