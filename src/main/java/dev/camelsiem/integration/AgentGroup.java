package dev.camelsiem.integration;

import java.util.Set;

/**
 * Agents that share settings; runtime events of a group reach the integrations it is linked with.
 *
 * @param siemIntegrations ids of integrations
 */
public record AgentGroup(String id, Set<String> siemIntegrations) {
  public AgentGroup {
    siemIntegrations = Set.copyOf(siemIntegrations);
  }
}
