package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.wire.SyslogConnection;
import dev.camelsiem.edge.camel.integration.Lanes.Lane;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.integration.EncodingPlan;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.delivery.Outlet;
import dev.camelsiem.integration.delivery.OutletStatus;
import dev.camelsiem.integration.delivery.Transport;
import dev.camelsiem.integration.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outlets of a router by integration id: made, changed and ended as the settings change. Used
 * by one thread at a time.
 */
final class Outlets {
  private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);

  private final CefMapping mapping;
  private final @Nullable String agentGroupKey;
  private final Transport.Factory transports;
  private final SpoolFolders folders;
  private final Map<String, Outlet> outlets = new LinkedHashMap<>();

  Outlets(
      CefMapping mapping,
      @Nullable String agentGroupKey,
      Transport.Factory transports,
      Path dataDir) {
    this.mapping = mapping;
    this.agentGroupKey = agentGroupKey;
    this.transports = transports;
    this.folders = new SpoolFolders(dataDir);
  }

  /**
   * What was prepared for a set, to be put in force by {@link #commit} or undone.
   *
   * @param added outlets that did not exist before
   * @param removed outlets that the set has no use for, still running
   */
  record Change(Lanes lanes, Map<String, Outlet> added, Map<String, Outlet> removed) {}

  /**
   * Makes what a set needs; changes nothing that runs.
   *
   * @throws IOException when a spool cannot be opened
   * @throws IllegalArgumentException when settings do not fit the mapping
   */
  Change prepare(IntegrationSet set) throws IOException {
    EncodingPlan plan = new EncodingPlan(mapping, agentGroupKey, set);
    Map<String, Outlet> added = new LinkedHashMap<>();
    Map<String, Outlet> removed = new LinkedHashMap<>(outlets);
    List<Lane> lanes = new ArrayList<>();
    boolean whole = false;
    try {
      for (Integration integration : set.integrations()) {
        if (integration.enabled()) {
          checkTls(integration);
          String key = key(integration);
          Outlet outlet = outlets.get(key);
          if (outlet == null) {
            outlet = open(integration);
            added.put(key, outlet);
          }
          removed.remove(key);
          lanes.add(
              new Lane(
                  integration.id(),
                  set.subscription(integration),
                  plan.index(integration),
                  outlet));
        }
      }
      whole = true;
    } finally {
      if (!whole) {
        stop(added, Duration.ZERO);
      }
    }
    return new Change(new Lanes(set, plan, List.copyOf(lanes)), added, removed);
  }

  /** Gives the outlets that stay their new settings and forgets those that go. */
  void commit(Change change) {
    for (Integration integration : change.lanes().set().integrations()) {
      Outlet outlet = outlets.get(key(integration));
      if (outlet != null && integration.enabled()) {
        outlet.update(integration);
      }
    }
    outlets.putAll(change.added());
    outlets.keySet().removeAll(change.removed().keySet());
    folders.warnOfOrphans(
        change.lanes().set().integrations().stream()
            .filter(Integration::enabled)
            .map(Integration::id)
            .toList());
  }

  /** Ends outlets side by side; what they do not get rid of in time stays in their spools. */
  static void stop(Map<String, Outlet> ending, Duration within) {
    List<Thread> threads = new ArrayList<>();
    for (Outlet outlet : ending.values()) {
      Thread thread = new Thread(() -> stop(outlet, within), "siem-stop");
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(Outlet outlet, Duration within) {
    try {
      outlet.stop(within);
      OutletStatus status = outlet.status();
      LOG.info("stopped {}", status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outlet open(Integration integration) throws IOException {
    Spool spool = Spool.open(folders.of(integration.id()), integration.delivery().spoolBytes());
    return new Outlet(integration, transports, spool);
  }

  /** Certificates that cannot be read are an error of the settings, not of the connection. */
  private static void checkTls(Integration integration) {
    try {
      SyslogConnection.check(integration.destination());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "integration \"" + integration.name() + "\": " + e.getMessage(), e);
    }
  }

  private static String key(Integration integration) {
    return integration.id().toLowerCase(Locale.ROOT);
  }
}
