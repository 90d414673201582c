package dev.camelsiem.flow.category;

import dev.camelsiem.flow.event.EventFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one integration wants to get. Immutable.
 *
 * @param linkedAgentGroups the agent groups that are linked with the integration
 * @param minSeverity lowest CEF severity that passes, 0..10
 */
public record Subscription(
    boolean enabled,
    Set<ExportCategory> categories,
    Set<RuntimeEventType> runtimeEventTypes,
    Set<String> linkedAgentGroups,
    int minSeverity,
    LicenceLevel licence) {
  public Subscription {
    categories = Set.copyOf(categories);
    runtimeEventTypes = Set.copyOf(runtimeEventTypes);
    linkedAgentGroups = Set.copyOf(linkedAgentGroups);
  }

  /**
   * The routing rule of kcs-cef 6.4: by category whatever the links are, or by runtime type when
   * the reporting agent's group is linked. One answer an event, so it is sent at most once.
   */
  public boolean wants(EventFacts event) {
    return enabled
        && event.severity() >= minSeverity
        && (wantsCategory(event.category()) || wantsRuntime(event));
  }

  private boolean wantsCategory(@Nullable String key) {
    ExportCategory category = key == null ? null : ExportCategory.byKey(key);
    return category != null && categories.contains(category) && licence.allows(category);
  }

  private boolean wantsRuntime(EventFacts event) {
    if (event.runtimeType() == null || event.agentGroup() == null || !licence.allowsRuntime()) {
      return false;
    }
    RuntimeEventType type = RuntimeEventType.byKey(event.runtimeType());
    return type != null
        && runtimeEventTypes.contains(type)
        && linkedAgentGroups.contains(event.agentGroup());
  }
}
