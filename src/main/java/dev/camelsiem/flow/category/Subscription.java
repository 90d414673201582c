package dev.camelsiem.flow.category;

import dev.camelsiem.flow.event.EventFacts;
import java.util.Set;

/**
 * What one integration wants to get. Immutable.
 *
 * @param categories keys of export categories, none that the licence holds back
 * @param runtimeEventTypes keys of runtime event types, none that the licence holds back
 * @param linkedAgentGroups the agent groups that are linked with the integration
 * @param minSeverity lowest CEF severity that passes, 0..10
 */
public record Subscription(
    boolean enabled,
    Set<String> categories,
    Set<String> runtimeEventTypes,
    Set<String> linkedAgentGroups,
    int minSeverity) {
  public Subscription {
    categories = Set.copyOf(categories);
    runtimeEventTypes = Set.copyOf(runtimeEventTypes);
    linkedAgentGroups = Set.copyOf(linkedAgentGroups);
  }

  /** With what the licence holds back taken away. */
  public static Subscription of(
      boolean enabled,
      Set<String> categories,
      Set<String> runtimeEventTypes,
      Set<String> linkedAgentGroups,
      int minSeverity,
      LicenceLevel licence,
      Catalogue catalogue) {
    return new Subscription(
        enabled,
        catalogue.categories().allowed(categories, licence),
        catalogue.runtimeTypes().allowed(runtimeEventTypes, licence),
        linkedAgentGroups,
        minSeverity);
  }

  /**
   * The routing rule of kcs-cef 6.4: by category whatever the links are, or by runtime type when
   * the reporting agent's group is linked. One answer an event, so it is sent at most once.
   */
  public boolean wants(EventFacts event) {
    return enabled
        && event.severity() >= minSeverity
        && (wantsCategory(event) || wantsRuntime(event));
  }

  private boolean wantsCategory(EventFacts event) {
    return event.category() != null && categories.contains(event.category());
  }

  private boolean wantsRuntime(EventFacts event) {
    return event.runtimeType() != null
        && event.agentGroup() != null
        && runtimeEventTypes.contains(event.runtimeType())
        && linkedAgentGroups.contains(event.agentGroup());
  }
}
