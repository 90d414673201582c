package dev.camelsiem.edge.launch;

import dev.camelsiem.edge.camel.http.HttpConsumer;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.util.URISupport;

/**
 * Tells at the start what runs: routes, sources, effective settings of every Kamelet, and where to
 * look next.
 */
final class StartReport {
  private final LaunchSettings settings;
  private final DemoReceiver receiver;

  StartReport(LaunchSettings settings, DemoReceiver receiver) {
    this.settings = settings;
    this.receiver = receiver;
  }

  void print(CamelContext context, PrintStream err) {
    StringBuilder report = new StringBuilder(1024);
    report.append("camel-siem ").append(new BuildInfo().version());
    report.append(" on Camel ").append(context.getVersion());
    report.append(", Java ").append(Runtime.version().feature()).append('\n');
    row(report, "files", settings.routes().stream().map(Object::toString).collect(joined()));
    if (!settings.properties().isEmpty()) {
      row(
          report,
          "settings",
          settings.properties().stream().map(Object::toString).collect(joined()));
    }
    for (Route route : context.getRoutes()) {
      if (!route.isCreatedByKamelet() && !route.isCreatedByRouteTemplate()) {
        row(
            report,
            "route",
            route.getRouteId()
                + " from "
                + URISupport.sanitizeUri(route.getEndpoint().getEndpointUri()));
      }
    }
    List<KameletUse> uses = KameletUse.in(context);
    for (KameletUse use : uses) {
      row(report, kind(use), use.name() + "  " + use.line());
    }
    for (String address : receiver.addresses()) {
      row(report, "receiver", "plays a SIEM on " + address + ": what arrives is printed here");
    }
    boolean takesHttp = false;
    for (Route route : context.getRoutes()) {
      if (route.getConsumer() instanceof HttpConsumer http && http.url() != null) {
        row(report, "http", http.url() + "  try: curl -i --data-binary @FILE " + http.url());
        takesHttp = true;
      }
    }
    boolean serves = Launcher.property(context, "camel.server.enabled", "false").equals("true");
    if (takesHttp && !serves && Launcher.setsServer(context)) {
      row(
          report,
          "warning",
          "camel.server.host and camel.server.port do not say where siem-http-source listens: give"
              + " it `host` and `port` (siem.http.host and siem.http.port in the shipped routes)");
    }
    if (serves) {
      row(
          report,
          "camel",
          "Camel's own server on http://"
              + Launcher.property(context, "camel.server.host", "0.0.0.0")
              + ":"
              + Launcher.property(context, "camel.server.port", "8080")
              + "; siem-http-source has its own host and port");
    }
    row(
        report,
        "next",
        "docs/walk.md follows one event; docs/components/ has every setting; Ctrl-C stops");
    err.print(report);
    err.flush();
  }

  private static String kind(KameletUse use) {
    String name = use.name();
    return name.substring(name.lastIndexOf('-') + 1);
  }

  private static void row(StringBuilder report, String title, String text) {
    report.append("  ").append(title).append(" ".repeat(Math.max(1, 13 - title.length())));
    report.append(text).append('\n');
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}
