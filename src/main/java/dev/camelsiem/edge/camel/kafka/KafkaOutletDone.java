package dev.camelsiem.edge.camel.kafka;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Gives the route its message back after the records were sent. */
public final class KafkaOutletDone implements Processor {
  @Override
  public void process(Exchange exchange) {
    Object waiting = exchange.removeProperty(KafkaOutlet.WAITING);
    if (waiting instanceof Message message) {
      exchange.setMessage(message);
    }
  }
}
