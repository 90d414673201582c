package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Last step of {@code siem-http-source}: the batch was accepted; says so, line by line, and keeps
 * the lines that were not good. Thread-safe once started.
 */
public final class HttpReport extends ServiceSupport implements Processor {
  private String deadLetters = "kamelet:siem-deadletter-sink";
  private @Nullable DeadLetters sender;

  @Override
  protected void doStart() {
    DeadLetters made = new DeadLetters(deadLetters);
    ServiceHelper.startService(made);
    sender = made;
  }

  @Override
  protected void doStop() {
    ServiceHelper.stopService(sender);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
      exchange.setRollbackOnly(false);
      exchange.setRollbackOnlyLast(false);
      throw new RollbackExchangeException(exchange);
    }
    Intake intake = exchange.getProperty(Intake.PROPERTY, Intake.class);
    DeadLetters keeper = sender;
    if (intake == null || keeper == null) {
      throw new IllegalStateException("siem-http-source: the route has lost its request");
    }
    List<DeadLetter> byLaterSteps = DeadLetters.rejected(exchange);
    List<DeadLetter> rejected = new ArrayList<>(intake.rejected());
    rejected.addAll(byLaterSteps);
    rejected.sort(Comparator.comparingLong(letter -> letter.event().position()));
    if (rejected.size() >= intake.received()) {
      HttpReply.report(exchange, 400, intake.received(), rejected);
      return;
    }
    // Only now: a request that is sent again because of an outage must not leave copies each time.
    keeper.send(exchange, intake.rejected());
    HttpReply.report(exchange, 202, intake.received(), rejected);
  }

  public void setDeadLetters(String deadLetters) {
    this.deadLetters = deadLetters;
  }
}
