package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.delivery.Transport;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's netty producer as syslog needs it: one connection, no answers, a batch per write. An
 * exchange completes when the operating system has taken the bytes and fails when it has not.
 */
public final class SyslogWire extends ServiceSupport {
  /** What fits into a UDP datagram over IPv4. */
  public static final int LARGEST_DATAGRAM = 65_507;

  private final NettyEndpoint endpoint;
  private final AsyncProducer producer;

  /**
   * @param maxDatagramBytes larger events are counted as lost over UDP; without meaning for TCP
   * @throws IllegalArgumentException when certificates or keys cannot be used
   */
  public SyslogWire(
      CamelContext context,
      Destination destination,
      int maxDatagramBytes,
      Transport.Listener listener) {
    try {
      NettyComponent component = context.getComponent("netty", NettyComponent.class);
      endpoint = (NettyEndpoint) component.createEndpoint(uri(destination));
      configure(endpoint.getConfiguration(), destination);
      endpoint
          .getConfiguration()
          .setClientInitializerFactory(
              new SyslogClientInitializer(destination, maxDatagramBytes, listener));
      producer = endpoint.createAsyncProducer();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // what createEndpoint declares
      throw new IllegalStateException("no way to " + destination, e);
    }
  }

  /**
   * Reads the certificates and keys that a destination names.
   *
   * @throws IllegalArgumentException with a sentence that names the file that cannot be used, or
   *     when the destination is no syslog receiver
   */
  public static void check(Destination destination) {
    if (destination.protocol() == Protocol.KAFKA) {
      throw new IllegalArgumentException("the protocol KAFKA cannot be reached by syslog");
    }
    if (destination.tls() != null) {
      TlsClient.of(destination.tls());
    }
  }

  /** Sends the batch in an exchange's body. */
  public boolean process(Exchange exchange, AsyncCallback callback) {
    exchange.getMessage().removeHeaders("CamelNetty*"); // nobody upstream may steer the connection
    return producer.process(exchange, callback);
  }

  /** An exchange with a batch, for callers that have none. */
  public Exchange exchange(EncodedBatch batch) {
    Exchange exchange = endpoint.createExchange();
    exchange.getMessage().setBody(batch);
    return exchange;
  }

  @Override
  protected void doStart() {
    ServiceHelper.startService(endpoint, producer);
  }

  @Override
  protected void doStop() {
    ServiceHelper.stopAndShutdownServices(producer, endpoint);
  }

  private static String uri(Destination destination) {
    String host = destination.address();
    return "netty:"
        + destination.protocol().name().toLowerCase(Locale.ROOT)
        + "://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + destination.port();
  }

  private static void configure(NettyConfiguration configuration, Destination destination) {
    configuration.setSync(false);
    configuration.setProducerPoolEnabled(false);
    configuration.setCorrelationManager(new NoState());
    configuration.setWorkerCount(1);
    configuration.setConnectTimeout((int) destination.connectTimeout().toMillis());
    if (destination.protocol() == Protocol.UDP) {
      configuration.setSendBufferSize(4 << 20);
    }
  }
}
