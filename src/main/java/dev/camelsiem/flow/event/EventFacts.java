package dev.camelsiem.flow.event;

import org.jspecify.annotations.Nullable;

/**
 * What the category filter needs to know of an event (kcs-cef 6.4).
 *
 * @param id event id such as {@code PM-002}; empty when unknown
 * @param family prefix of the id such as {@code PM}; empty when unknown
 * @param severity CEF severity 0..10, after the mapping's own overrides
 * @param category key of the export category such as {@code ADMINISTRATION}, or null for a raw
 *     runtime event
 * @param runtimeType key of the runtime event type such as {@code PROCESSES}, or null
 * @param agentGroup group of the agent that reported it, or null
 */
public record EventFacts(
    String id,
    String family,
    int severity,
    @Nullable String category,
    @Nullable String runtimeType,
    @Nullable String agentGroup) {}
