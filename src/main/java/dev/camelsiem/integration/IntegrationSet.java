package dev.camelsiem.integration;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.flow.category.Subscription;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that one {@code siem-integrations.yaml} says. Immutable; swapped whole.
 *
 * @param catalogue what its integrations may subscribe to
 */
public record IntegrationSet(
    LicenceLevel licence,
    Catalogue catalogue,
    List<Integration> integrations,
    List<AgentGroup> agentGroups) {
  public IntegrationSet {
    integrations = List.copyOf(integrations);
    agentGroups = List.copyOf(agentGroups);
  }

  /** What one integration of this set wants, with the licence and its links worked in. */
  public Subscription subscription(Integration integration) {
    return Subscription.of(
        integration.enabled(),
        integration.selection().categories(),
        integration.selection().runtimeEventTypes(),
        agentGroups.stream()
            .filter(group -> group.siemIntegrations().contains(integration.id()))
            .map(AgentGroup::id)
            .collect(Collectors.toSet()),
        integration.selection().minSeverity(),
        licence,
        catalogue);
  }
}
