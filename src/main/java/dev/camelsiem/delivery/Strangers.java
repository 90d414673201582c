package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.integration.DeliverySettings;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cursors of integrations that the settings do not name any more. What waits for them is kept
 * within the default quota, in case they come back, so that nobody who is gone can fill the disk.
 * Used by one thread.
 */
final class Strangers {
  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private final EventLog log;
  private final Set<String> told = new TreeSet<>();

  Strangers(EventLog log) {
    this.log = log;
  }

  /**
   * Names backlogs once, and gives up those beyond the quota.
   *
   * @param known lanes whose settings are there
   */
  void look(Set<String> known, AgeMarks ages) throws IOException {
    for (String name : log.cursors()) {
      if (known.contains(name)) {
        told.remove(name);
        continue;
      }
      Cursor cursor = log.cursor(name);
      if (!cursor.isGapOpen()) {
        cursor.openGap(Lane.DISABLED); // what comes from now on is not for it
      }
      bound(name, cursor, ages);
    }
  }

  private void bound(String name, Cursor cursor, AgeMarks ages) throws IOException {
    long waiting = cursor.lagEvents();
    if (waiting == 0) {
      return;
    }
    DeliverySettings quota = DeliverySettings.DEFAULT;
    if (told.add(name)) {
      LOG.warn(
          "{} events wait for \"{}\", which the settings do not name: name it again to deliver them;"
              + " they are given up after {} h",
          waiting,
          name,
          quota.quotaAge().toHours());
    }
    boolean old = ages.ageOf(cursor) > quota.quotaAge().toNanos();
    if (old || cursor.lagBytes() > quota.quotaBytes()) {
      cursor.skip(cursor.reading(), log.end());
      LOG.error("{} events given up for \"{}\", which the settings do not name", waiting, name);
    }
  }
}
