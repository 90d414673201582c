package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.EventLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one log, and which of them deliver. Changed by one thread at a time, looked at by
 * any.
 */
final class Lanes {
  private final EventLog log;
  private final Reserves reserves;
  private final Transport.Factory transports;
  private final ReentrantReadWriteLock settingsLock;
  private volatile Map<String, Lane> byName = Map.of();
  private volatile List<Lane> delivering = List.of();

  Lanes(
      EventLog log,
      Reserves reserves,
      Transport.Factory transports,
      ReentrantReadWriteLock settingsLock) {
    this.log = log;
    this.reserves = reserves;
    this.transports = transports;
    this.settingsLock = settingsLock;
  }

  /** Parked ones included. */
  Collection<Lane> all() {
    return byName.values();
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** Those that deliver, in the order of the settings. */
  List<Lane> delivering() {
    return delivering;
  }

  void delivering(List<Lane> now) {
    delivering = List.copyOf(now);
  }

  /** Makes the lane that these settings are for ready for them, when there is one. */
  void prepare(LaneSettings wanted) {
    Lane known = byName.get(wanted.name());
    if (known != null) {
      known.prepare(wanted);
    }
  }

  /** Who delivers from now on, in the order of the settings, and who no longer does. */
  record Change(List<Lane> delivering, List<Lane> leaving) {}

  /**
   * Opens the lanes of these settings, new ones and parked ones, and shuts all others. Appends are
   * kept away meanwhile.
   *
   * @throws IOException when that fails for one of them; then those are open that were before, as
   *     far as the disk lets them: another would collect what nobody encodes for it
   */
  Change change(List<LaneSettings> wanted) throws IOException {
    List<Lane> opened = new ArrayList<>();
    try {
      for (LaneSettings settings : wanted) {
        Lane lane = lane(settings);
        opened.add(lane);
        lane.open();
      }
      List<Lane> leaving = all().stream().filter(lane -> !opened.contains(lane)).toList();
      for (Lane lane : leaving) {
        lane.shut();
      }
      return new Change(opened, leaving);
    } catch (IOException e) {
      opened.removeAll(delivering);
      restore(opened, e);
      throw e;
    }
  }

  private void restore(List<Lane> opened, IOException why) {
    for (Lane lane : opened) {
      try {
        lane.shut();
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
    for (Lane lane : delivering) {
      try {
        lane.open();
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  /** The lane of this name, made when there is none; watched from now on. */
  private Lane lane(LaneSettings settings) throws IOException {
    Lane known = byName.get(settings.name());
    if (known != null) {
      return known;
    }
    String name = settings.name();
    @Nullable Reserve kept = reserves.existing(name); // first: a new cursor collects at once
    Lane made = new Lane(settings, log.cursor(name), kept, reserves, transports, settingsLock);
    Map<String, Lane> all = new LinkedHashMap<>(byName);
    all.put(name, made);
    byName = Map.copyOf(all);
    return made;
  }
}
