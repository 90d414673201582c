package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.flow.category.Subscription;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.integration.EncodingPlan;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.delivery.Delivery;
import dev.camelsiem.integration.delivery.Outlet;
import java.util.ArrayList;
import java.util.List;

/** One generation of settings with the outlets that serve it. Immutable; swapped whole. */
record Lanes(IntegrationSet set, EncodingPlan plan, List<Lane> lanes) {
  /**
   * The way to one integration.
   *
   * @param id the integration's
   * @param encoding which batch of the plan it gets
   */
  record Lane(String id, Subscription subscription, int encoding, Outlet outlet) {
    private EncodedBatch wanted(EncodedBatch batch) {
      return batch.select(
          i -> {
            EventFacts facts = batch.facts(i);
            return facts != null && subscription.wants(facts);
          });
    }
  }

  /** Hands each integration what it wants; the delivery is done when all have it. */
  Delivery offer(List<EncodedBatch> batches) {
    List<EncodedBatch> wanted = new ArrayList<>();
    int outlets = 0;
    for (Lane lane : lanes) {
      EncodedBatch all = batches.get(lane.encoding());
      EncodedBatch batch = lane.wanted(all);
      lane.outlet().filtered(all.size() - batch.size());
      wanted.add(batch);
      outlets += batch.isEmpty() ? 0 : 1;
    }
    Delivery delivery = new Delivery(outlets);
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).isEmpty()) {
        lanes.get(i).outlet().offer(wanted.get(i), delivery);
      }
    }
    return delivery;
  }
}
