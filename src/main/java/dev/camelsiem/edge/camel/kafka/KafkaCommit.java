package dev.camelsiem.edge.camel.kafka;

import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a route that reads Kafka: commits what {@link KafkaIntake} has read. A commit
 * that fails fails the exchange, and the batch is read again.
 *
 * <p>Steps before may have moved the exchange to another thread, such as a network thread, which
 * must not wait for a broker; then the commit has a thread of its own.
 */
public final class KafkaCommit extends AsyncProcessorSupport implements CamelContextAware {
  private @Nullable CamelContext camelContext;
  private @Nullable Executor executor;

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    CommitPoint point = exchange.getProperty(CommitPoint.PROPERTY, CommitPoint.class);
    if (point == null || point.isOnConsumerThread()) {
      commit(exchange, point);
      callback.done(true);
      return true;
    }
    executor(exchange)
        .execute(
            () -> {
              commit(exchange, point);
              callback.done(false);
            });
    return false;
  }

  private static void commit(Exchange exchange, @Nullable CommitPoint point) {
    try {
      if (point == null) {
        throw new IllegalStateException("nothing to commit: the batch did not come from Kafka");
      }
      point.commit();
    } catch (Throwable e) { // an Error too: the callback must come, or the source waits for ever
      exchange.setException(e);
    }
  }

  private synchronized Executor executor(Exchange exchange) {
    if (executor == null) {
      executor =
          exchange
              .getContext()
              .getExecutorServiceManager()
              .newSingleThreadExecutor(this, "siem-kafka-commit");
    }
    return executor;
  }
}
