package dev.camelsiem.edge.camel.http;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Take batches of events by HTTP POST and answer when they were taken.
 *
 * <p>The body of each exchange is a list of raw events, each with the address of its sender and its
 * line. Nothing else of the request reaches the route.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "siem-http",
    title = "SIEM HTTP",
    syntax = "siem-http:name",
    category = {Category.HTTP, Category.MONITORING},
    consumerOnly = true)
public class HttpEndpoint extends DefaultEndpoint {
  @UriPath
  @Metadata(required = true, description = "What this source is called in the log.")
  private String name = "";

  @UriParam
  @Metadata(description = "A bean with all options; those of siem-http-source.")
  private HttpSettings settings = new HttpSettings();

  private @Nullable HttpServer server;
  private @Nullable Site never;

  public HttpEndpoint(String uri, HttpComponent component) {
    super(uri, component);
  }

  /** Whoever sends before the route is started, if it ever is, is told to come again. */
  @Override
  protected void doInit() throws Exception {
    super.doInit();
    Site made = settings.site(this, Way.CLOSED);
    server = servers().register(settings.server(), made, getCamelContext());
    never = made;
  }

  @Override
  protected void doShutdown() throws Exception {
    if (server != null && never != null) {
      servers().forget(server, never);
    }
    super.doShutdown();
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    HttpConsumer consumer = new HttpConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("siem-http only receives: use it in a from");
  }

  HttpServers servers() {
    return ((HttpComponent) getComponent()).servers();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public HttpSettings getSettings() {
    return settings;
  }

  public void setSettings(HttpSettings settings) {
    this.settings = settings;
  }
}
