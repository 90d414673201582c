package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.SourceRoutes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a {@link Tailer} on a thread of Camel's and makes an exchange of each batch. */
public class TailConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(TailConsumer.class);
  private static final long INTERRUPT_SECONDS = 5;

  private final TailConfiguration configuration;
  private final DeadLetters deadLetters;
  private @Nullable Tailer tailer;
  private @Nullable ExecutorService thread;
  private @Nullable Batch lettersSent;

  TailConsumer(TailEndpoint endpoint, Processor processor, TailConfiguration configuration) {
    super(endpoint, processor);
    this.configuration = configuration;
    this.deadLetters = new DeadLetters(configuration.getDeadLetters());
  }

  @Override
  public TailEndpoint getEndpoint() {
    return (TailEndpoint) super.getEndpoint();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    configuration.validate();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ServiceHelper.startService(deadLetters);
    Tailer started = new Tailer(configuration, this::deliver);
    tailer = started;
    thread =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "siem-tail:" + getEndpoint().getName());
    thread.execute(started);
    LOG.info(
        "Tailing {}: {} (checkpoint {}, batches of {} events, lines up to {} bytes)",
        getEndpoint().getName(),
        configuration.getPaths(),
        configuration.getCheckpoint(),
        configuration.getBatchSize(),
        configuration.getMaxEventBytes());
  }

  /** Called on one thread, that of the tailer's deliveries. */
  private void deliver(Batch batch) throws Exception {
    Exchange exchange = createExchange(false);
    SourceRoutes.begin(exchange);
    try {
      if (lettersSent != batch) {
        deadLetters.send(exchange, batch.letters());
        lettersSent = batch; // a second try of the batch must not write them again
      }
      if (!batch.events().isEmpty()) {
        exchange.getMessage().setBody(batch.events());
        getProcessor().process(exchange);
        failed(exchange);
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private static void failed(Exchange exchange) throws Exception {
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
      throw new RollbackExchangeException(exchange);
    }
  }

  @Override
  protected void doSuspend() {
    Tailer running = tailer;
    if (running != null) {
      running.pause();
    }
  }

  @Override
  protected void doResume() {
    Tailer running = tailer;
    if (running != null) {
      running.resume();
    }
  }

  @Override
  protected void doStop() throws Exception {
    Tailer running = tailer;
    ExecutorService executor = thread;
    if (running != null && executor != null) {
      running.stop();
      executor.shutdown();
      endThread(executor);
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(executor);
    }
    tailer = null;
    thread = null;
    ServiceHelper.stopService(deadLetters);
    super.doStop();
  }

  /**
   * Waits for the thread; when it takes too long, or when the one who stops us is told to hurry,
   * the thread is interrupted and waited for again, so that the checkpoint is free for the next
   * start.
   */
  private void endThread(ExecutorService executor) {
    boolean hurried = false;
    boolean ended = false;
    try {
      ended = executor.awaitTermination(stopSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      hurried = true;
    }
    if (!ended) {
      LOG.warn("The batch under way is interrupted, it will come again after the next start");
      executor.shutdownNow();
      try {
        ended = executor.awaitTermination(INTERRUPT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        hurried = true;
      }
    }
    if (!ended) {
      LOG.warn("The route still works on the batch; its checkpoint is not written");
    }
    if (hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The graceful part of the shutdown is over when a consumer is stopped: a little more is enough.
   */
  private long stopSeconds() {
    long timeout = getEndpoint().getCamelContext().getShutdownStrategy().getTimeout();
    return Math.max(1, Math.min(timeout, 10));
  }
}
