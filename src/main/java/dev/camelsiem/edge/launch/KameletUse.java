package dev.camelsiem.edge.launch;

import dev.camelsiem.lang.diagnostic.NearNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;

/**
 * One use of a Kamelet in the running routes with the settings in force there.
 *
 * @param name the Kamelet's name
 * @param settings property to value: what the route says, else the Kamelet's default; secrets are
 *     masked
 * @param unknown properties that the route sets and the Kamelet does not have; Camel itself ignores
 *     them silently
 */
record KameletUse(String name, Map<String, String> settings, List<String> unknown) {
  private static final List<String> SECRET =
      List.of("password", "passphrase", "secret", "token", "credential");

  /** What the kamelet component itself understands or adds; not properties of a Kamelet. */
  private static final Set<String> OF_THE_COMPONENT =
      Set.of(
          "templateId",
          "routeId",
          "uuid",
          "location",
          "noErrorHandler",
          "bridgeErrorHandler",
          "exceptionHandler",
          "exchangePattern",
          "block",
          "failIfNoConsumers",
          "lazyStartProducer",
          "timeout");

  /** All uses in a context whose routes are built. */
  static List<KameletUse> in(CamelContext context) {
    List<KameletUse> uses = new ArrayList<>();
    for (var endpoint : context.getEndpoints()) {
      if (endpoint instanceof KameletEndpoint kamelet && isWrittenInRoute(kamelet)) {
        RouteTemplateDefinition template =
            ((ModelCamelContext) context).getRouteTemplateDefinition(kamelet.getTemplateId());
        if (template != null) {
          uses.add(of(kamelet, template));
        }
      }
    }
    uses.sort(Comparator.comparing(KameletUse::name).thenComparing(use -> use.settings.toString()));
    return uses;
  }

  /**
   * Camel makes more endpoints for its own ends: {@code kamelet:source}, and one with a route id
   * for each instance.
   */
  private static boolean isWrittenInRoute(KameletEndpoint kamelet) {
    String base = kamelet.getEndpointBaseUri();
    String name = base.substring(base.indexOf(':') + 1).replaceFirst("^/+", "");
    return !name.contains("/") && !name.equals("source") && !name.equals("sink");
  }

  private static KameletUse of(KameletEndpoint kamelet, RouteTemplateDefinition template) {
    Map<String, String> settings = new TreeMap<>();
    for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
      if (parameter.getDefaultValue() != null) {
        settings.put(parameter.getName(), masked(parameter.getName(), parameter.getDefaultValue()));
      }
    }
    var known = new TreeSet<String>();
    template.getTemplateParameters().forEach(parameter -> known.add(parameter.getName()));
    List<String> unknown = new ArrayList<>();
    kamelet
        .getKameletProperties()
        .forEach(
            (key, value) -> {
              if (OF_THE_COMPONENT.contains(key)) {
                return;
              }
              if (known.contains(key)) {
                settings.put(key, masked(key, String.valueOf(value)));
              } else {
                String hint = NearNames.hint(key, known);
                unknown.add("`" + key + "`" + (hint == null ? "" : " (" + hint + ")"));
              }
            });
    return new KameletUse(kamelet.getTemplateId(), settings, unknown);
  }

  /** {@code key=value} pairs on one line. */
  String line() {
    StringBuilder line = new StringBuilder();
    settings.forEach((key, value) -> line.append(key).append('=').append(value).append(' '));
    return line.toString().strip();
  }

  private static String masked(String key, String value) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains) && !value.isEmpty() ? "******" : value;
  }
}
