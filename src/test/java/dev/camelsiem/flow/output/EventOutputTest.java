package dev.camelsiem.flow.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the start of lines says of fields that never come. */
class EventOutputTest {
  private static final String CASES = "src/test/resources/conformance/cef-mapping/";
  private final Logger logger = (Logger) LoggerFactory.getLogger(EventOutput.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @BeforeEach
  void listen() {
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(said);
  }

  private List<String> warnings(EventOutput output, String locations) {
    CefEncoding encoding =
        new CefEncoding(CefMappings.loadAll(locations), CefOptions.builder().build());
    assertThat(output.checked(encoding)).isSameAs(encoding);
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void oneLineForEachMappingThatNamesThem() {
    String told = CASES + "good-told.yaml";
    String child = CASES + "good-fields-any.yaml";
    assertThat(warnings(EventOutput.CEF, child + "," + CefMappings.NORMALIZED + "," + told))
        .satisfiesExactly(
            first -> assertThat(first).contains("mapping `child`").contains(": user;"),
            second -> assertThat(second).contains("mapping `told`").contains(": kind;"));
  }

  @ParameterizedTest
  @ValueSource(strings = {CefMappings.NORMALIZED, CefMappings.NORMALIZED_RU})
  void theShippedOnesNameNone(String location) {
    assertThat(warnings(EventOutput.CEF, location)).isEmpty();
  }

  @Test
  void thatOfLeefNamesNone() {
    assertThat(warnings(EventOutput.LEEF, CefMappings.NORMALIZED_LEEF)).isEmpty();
  }
}
