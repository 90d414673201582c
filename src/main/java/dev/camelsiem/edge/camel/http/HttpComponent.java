package dev.camelsiem.edge.camel.http;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes {@code siem-http:name?settings=#bean:...} endpoints, and keeps the servers they share. */
@Component("siem-http")
public class HttpComponent extends DefaultComponent {
  private final HttpServers servers = new HttpServers();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    HttpEndpoint endpoint = new HttpEndpoint(uri, this);
    endpoint.setName(remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  HttpServers servers() {
    return servers;
  }
}
