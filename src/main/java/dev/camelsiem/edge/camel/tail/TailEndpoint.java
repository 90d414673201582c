package dev.camelsiem.edge.camel.tail;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Tail files durably: batches of whole lines, in order, at least once, across rotations, restarts
 * and crashes.
 *
 * <p>The body of each exchange is a list of raw events, each with the path of its file and the byte
 * offset of its line.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "siem-tail",
    title = "SIEM Tail",
    syntax = "siem-tail:name",
    category = {Category.FILE, Category.MONITORING},
    consumerOnly = true)
public class TailEndpoint extends DefaultEndpoint {
  @UriPath
  @Metadata(required = true, description = "What this tail is called in the log.")
  private String name = "";

  @UriParam private TailConfiguration configuration;

  public TailEndpoint(String uri, TailComponent component, TailConfiguration configuration) {
    super(uri, component);
    this.configuration = configuration;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    TailConsumer consumer = new TailConsumer(this, processor, configuration.copy());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("siem-tail only reads: use it in a from");
  }

  @Override
  public boolean isLenientProperties() {
    return false;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public TailConfiguration getConfiguration() {
    return configuration;
  }

  public void setConfiguration(TailConfiguration configuration) {
    this.configuration = configuration;
  }
}
