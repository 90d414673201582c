package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.EventFilter;
import dev.camelsiem.delivery.LaneSettings;
import dev.camelsiem.delivery.LogEntries;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.integration.EncodingPlan;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.IntegrationSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Encodes a replayed batch for those integrations alone that have not got it. */
final class SomeIntegrations {
  private final EncodingPlan plan;
  private final List<Integration> there = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * @param names of the integrations; those that are not there or disabled get nothing
   */
  SomeIntegrations(IntegrationSet set, EncodingPlan plan, List<String> names) {
    this.plan = plan;
    for (String name : names) {
      List<Integration> fitting =
          set.integrations().stream()
              .filter(each -> each.enabled() && each.name().equalsIgnoreCase(name))
              .toList();
      there.addAll(fitting);
      if (fitting.isEmpty()) {
        missing.add(name);
      }
    }
  }

  /** What the log is to take; what none of them can get is told. */
  List<LogEntry> encode(List<RawEvent> events, List<DeadLetter> rejected) {
    if (!missing.isEmpty()) {
      String why = "replayed for integrations that are not there: " + String.join(", ", missing);
      for (RawEvent event : events) {
        rejected.add(
            new DeadLetter(event, StopReason.UNDELIVERABLE, why, "integrations").only(missing));
      }
    }
    if (there.isEmpty()) {
      return List.of();
    }
    List<String> names = there.stream().map(Integration::name).toList();
    List<EncodedBatch> batches =
        plan.encode(
            events,
            letter -> {
              List<String> alone = new ArrayList<>(names);
              if (!letter.integrations().isEmpty()) {
                alone.retainAll(letter.integrations());
              }
              if (!alone.isEmpty()) {
                rejected.add(letter.only(alone));
              }
            });
    Map<Long, EncodedBatch> lines = new HashMap<>();
    for (Integration each : there) {
      LaneSettings lane = new LaneSettings(each, plan.key(each), EventFilter.EVERYTHING);
      lines.put(lane.ownKey(), batches.get(plan.index(each)));
    }
    return LogEntries.only(plan.keys(), lines);
  }
}
