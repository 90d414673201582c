package dev.camelsiem.edge.camel.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.StopReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Kamelet {@code siem-category-filter-action}. */
@Tag("camel")
class CategoryFilterActionTest {
  private static final String ADM = "CEF:0|v|p|1|ADM-001|n|3|outcome=Success";
  private static final String API = "<134>Feb 18 10:07:28 h CEF:0|v|p|1|API-001|n|8|outcome=Error";
  private static final String SJ = "CEF:0|v|p|1|SJ-001|n|3|outcome=Success";
  private static final String PM_ONE = "CEF:0|v|p|1|PM-002|n|7|outcome=Audited group=one";
  private static final String PM_TWO = "CEF:0|v|p|1|PM-002|n|7|outcome=Audited group=two";
  private static final List<String> ALL = List.of(ADM, API, SJ, PM_ONE, PM_TWO);

  private final List<DeadLetter> dead = new ArrayList<>();
  private CamelContext context;

  @BeforeEach
  void start() {
    context = new DefaultCamelContext();
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void byDefaultAllCategoriesPassAndNodeMonitoringDoesNot() throws Exception {
    assertThat(filter("", ALL)).containsExactly(ADM, API, SJ);
  }

  @Test
  void categoriesAreChosen() throws Exception {
    assertThat(filter("&categories=api, SCANNERS", ALL)).containsExactly(API, SJ);
  }

  @Test
  void nodeMonitoringPassesFromLinkedGroups() throws Exception {
    assertThat(
            filter(
                "&categories=none&runtimeEventTypes=PROCESSES&agentGroups=one&agentGroupKey=group",
                ALL))
        .containsExactly(PM_ONE);
  }

  @Test
  void theStandardLicenceHoldsBack() throws Exception {
    assertThat(
            filter(
                "&licence=STANDARD&runtimeEventTypes=PROCESSES&agentGroups=one&agentGroupKey=group",
                ALL))
        .containsExactly(ADM, API);
  }

  @Test
  void lowSeveritiesAreHeldBack() throws Exception {
    assertThat(filter("&minSeverity=7", ALL)).containsExactly(API);
  }

  @Test
  void whatIsNotCefBecomesADeadLetterOrPasses() throws Exception {
    assertThat(filter("", List.of(ADM, "hello"))).containsExactly(ADM);
    assertThat(dead).extracting(DeadLetter::reason).containsExactly(StopReason.MALFORMED);
    assertThat(dead.get(0).event()).hasToString("hello");
    assertThat(filter("&unknown=pass", List.of(ADM, "hello"))).containsExactly(ADM, "hello");
  }

  @Test
  void wrongSettingsFailAtTheStartWithAHint() {
    String nine = "&mapping=" + CefMappings.CONTAINER_SECURITY + "&categories=";
    assertThatThrownBy(() -> filter(nine + "APIS", ALL))
        .hasStackTraceContaining("`categories` must be one of 9 known keys, not `APIS`")
        .hasStackTraceContaining("did you mean `API`?");
    assertThatThrownBy(() -> filter("&categories=none", ALL))
        .hasStackTraceContaining("`categories` is required");
    assertThatThrownBy(() -> filter("&unknown=drop", ALL))
        .hasStackTraceContaining("unknown must be one of pass, refuse");
  }

  @Test
  void theCategoriesOfAMappingOfItsOwnAreChosen() throws Exception {
    String own = "&mapping=file:src/test/resources/conformance/cef-mapping/good-categories.yaml";
    String door = "CEF:0|v|p|1|DOOR-1|n|3|";
    String lift = "CEF:0|v|p|1|LIFT-1|n|3|";
    List<String> lines = List.of(door, lift);
    assertThat(filter(own, lines)).containsExactly(door, lift);
    assertThat(filter(own + "&categories=all", lines)).containsExactly(door, lift);
    assertThat(filter(own + "&categories=access", lines)).containsExactly(door);
    assertThat(filter(own + "&licence=STANDARD", lines)).containsExactly(door);
    assertThatThrownBy(() -> filter(own + "&categories=DETECTION", lines))
        .hasStackTraceContaining("`categories` must be one of Access, Lifts, not `DETECTION`");
  }

  /** An earlier pipeline of ours may have encoded them by any mapping that ships. */
  @Test
  void linesOfEveryShippedMappingPass() throws Exception {
    Path example = Path.of("examples/07-syslog-xp-cef");
    List<String> lines = new ArrayList<>(Files.readAllLines(example.resolve("expected.cef")));
    lines.addAll(Files.readAllLines(example.resolve("expected-ru.cef")));
    assertThat(filter("", lines)).isEqualTo(lines);
    assertThat(filter("&categories=PROCESS_ACTIVITY", lines)).hasSize(4);
    assertThat(filter("", List.of("CEF:0|v|p|1|4625|n|3|", "CEF:0|v|p|1|4625|n|3|cat=Fun")))
        .isEmpty();
  }

  @Test
  void nodeMonitoringOfAMappingOfItsOwnIsChosen() throws Exception {
    String own =
        "&mapping=file:src/test/resources/conformance/cef-mapping/good-categories.yaml"
            + "&categories=none&agentGroups=one&agentGroupKey=group&runtimeEventTypes=";
    String camera = "CEF:0|v|p|1|CAM-1|n|3|group=one";
    assertThat(filter(own + "Cameras", List.of(camera))).containsExactly(camera);
    assertThat(filter(own + "all&licence=STANDARD", List.of(camera))).containsExactly(camera);
    assertThatThrownBy(() -> filter(own + "Camera", List.of(camera)))
        .hasStackTraceContaining("must be one of 5 known keys, not `Camera`; did you mean");
  }

  private List<String> filter(String options, List<String> lines) throws Exception {
    String from = "direct:in" + options.hashCode() + lines.size();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from(from).to("kamelet:siem-category-filter-action?deadLetters=direct:dead" + options);
            if (context.getRoute("dead") == null) {
              from("direct:dead")
                  .routeId("dead")
                  .process(
                      exchange -> {
                        for (Object letter : exchange.getMessage().getBody(List.class)) {
                          dead.add((DeadLetter) letter);
                        }
                      });
            }
          }
        });
    Exchange done =
        context
            .createProducerTemplate()
            .send(from, exchange -> exchange.getMessage().setBody(lines));
    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody()).isInstanceOf(EncodedBatch.class);
    return List.copyOf(done.getMessage().getBody(EncodedBatch.class));
  }
}
