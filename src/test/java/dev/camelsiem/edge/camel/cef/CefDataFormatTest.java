package dev.camelsiem.edge.camel.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.cef.CefMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The data format cef, found by its name. */
@Tag("camel")
class CefDataFormatTest {
  private static final Map<String, Object> EVENT = new LinkedHashMap<>();
  private static final String LINE =
      "CEF:0|Acme|Guard|1|ADM-001|Administration|3|suser=ad\\=min outcome=Success";

  static {
    EVENT.put("time", "2025-02-18T10:07:28Z");
    EVENT.put("id", "ADM-001");
    EVENT.put("status", "Success");
    EVENT.put("user", "ad=min");
    EVENT.put("deep", Map.of("list", List.of(1, 2)));
  }

  private final DefaultCamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void marshalsMapsListsAndText() throws Exception {
    start("vendor=Acme&product=Guard&version=1&header=none", "");
    assertThat(marshal(EVENT)).isEqualTo(LINE);
    assertThat(marshal(List.of(EVENT, EVENT))).isEqualTo(LINE + "\n" + LINE);
    String json = "{\"id\":\"ADM-001\",\"status\":\"Success\",\"user\":\"ad=min\"}";
    assertThat(marshal("[" + json + "," + json + "]")).isEqualTo(LINE + "\n" + LINE);
    assertThat(marshal(json + "\n" + json + "\n")).isEqualTo(LINE + "\n" + LINE);
  }

  @Test
  void unmarshalsToMaps() throws Exception {
    start("", "");
    Exchange read = send("direct:unmarshal", "<134>Feb 18 10:07:28 h " + LINE + "\r\n" + LINE);
    Map<?, ?> first = (Map<?, ?>) read.getMessage().getBody(List.class).get(0);
    assertThat(first.get("priority")).isEqualTo(134);
    assertThat(first.get("timestamp")).isEqualTo("Feb 18 10:07:28");
    assertThat(first.get("host")).isEqualTo("h");
    assertThat(first.get("id")).isEqualTo("ADM-001");
    assertThat(first.get("extensions")).isEqualTo(Map.of("suser", "ad=min", "outcome", "Success"));
    assertThat(read.getMessage().getBody(Object[].class)).hasSize(2);
  }

  @Test
  void unmarshalsToMessages() throws Exception {
    start("", "unmarshalTo=message");
    Object first = send("direct:unmarshal", LINE).getMessage().getBody(List.class).get(0);
    assertThat(((CefMessage) first).product()).isEqualTo("Guard");
  }

  @Test
  void namesWhatItCannotTake() throws Exception {
    start("", "");
    assertThat(failure("direct:marshal", "{\"id\":\"ADM-001\"}"))
        .hasMessage("event 1: status is missing, expected Success or Error");
    assertThat(failure("direct:unmarshal", LINE + "\nhello"))
        .hasMessageContaining("event 2: not CEF: there is no `CEF:`");
  }

  @Test
  void leavesBadEventsOutWhenAsked() throws Exception {
    start("failOnInvalid=false&header=none", "failOnInvalid=false");
    Exchange marshalled = send("direct:marshal", "{\"id\":\"ADM-1\",\"status\":\"ok\"}\n{]");
    assertThat(marshalled.getMessage().getBody(String.class)).startsWith("CEF:0|").hasLineCount(1);
    assertThat(DeadLetters.rejected(marshalled)).hasSize(1);
    Exchange read = send("direct:unmarshal", "hello\n" + LINE);
    assertThat(read.getMessage().getBody(Object[].class)).hasSize(1);
    assertThat(DeadLetters.rejected(read)).hasSize(1);
  }

  @Test
  void takesOptionsFromApplicationProperties() throws Exception {
    Main main = new Main();
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:marshal").marshal().custom("cef");
              }
            });
    Properties properties = new Properties();
    properties.setProperty("camel.dataformat.cef.vendor", "Acme");
    properties.setProperty("camel.dataformat.cef.header", "none");
    main.setOverrideProperties(properties);
    main.start();
    try {
      String line = main.getCamelTemplate().requestBody("direct:marshal", EVENT, String.class);
      assertThat(line).startsWith("CEF:0|Acme|");
    } finally {
      main.stop();
    }
  }

  private void start(String marshal, String unmarshal) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:marshal").to("dataformat:cef:marshal?" + marshal);
            from("direct:unmarshal").to("dataformat:cef:unmarshal?" + unmarshal);
          }
        });
    context.start();
  }

  private String marshal(Object body) {
    Exchange sent = send("direct:marshal", body);
    assertThat(sent.getException()).isNull();
    return sent.getMessage().getBody(String.class);
  }

  private Throwable failure(String endpoint, Object body) {
    return send(endpoint, body).getException();
  }

  private Exchange send(String endpoint, Object body) {
    return context
        .createProducerTemplate()
        .send(endpoint, exchange -> exchange.getMessage().setBody(body));
  }
}
