package dev.camelsiem.edge.camel.tail;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes {@code siem-tail:name?paths=...} endpoints. */
@Component("siem-tail")
public class TailComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    TailEndpoint endpoint = new TailEndpoint(uri, this, new TailConfiguration());
    endpoint.setName(remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
