package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.integration.DeliverySettings;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cursors and reserves of integrations that are not named in the settings any more, or were
 * disabled at the start. What waits for them is kept within the default quota, in case they come
 * back, so that nobody who is gone can fill the disk. Used by one thread.
 */
final class Strangers {
  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private final EventLog log;
  private final Reserves reserves;
  private final DeliverySettings quota;
  private final Set<String> told = new TreeSet<>();
  private final Set<String> unreadable = new TreeSet<>();

  Strangers(EventLog log, Reserves reserves) {
    this(log, reserves, DeliverySettings.DEFAULT);
  }

  Strangers(EventLog log, Reserves reserves, DeliverySettings quota) {
    this.log = log;
    this.reserves = reserves;
    this.quota = quota;
  }

  /**
   * Names backlogs once, and gives up those beyond the quota. One that cannot be looked at does not
   * keep the others from it.
   *
   * @param known lanes whose settings are there
   */
  void look(Set<String> known, AgeMarks ages) {
    for (String name : log.cursors()) {
      if (known.contains(name)) {
        told.remove(name);
        continue;
      }
      try {
        look(name, ages);
      } catch (IOException e) {
        tellUnreadable(name, e);
      }
    }
  }

  private void look(String name, AgeMarks ages) throws IOException {
    Cursor cursor = log.cursor(name);
    if (!cursor.isGapOpen()) {
      cursor.openGap(Lane.DISABLED); // what comes from now on is not for it
    }
    bound(name, cursor, ages);
  }

  private void tellUnreadable(String name, IOException why) {
    if (unreadable.add(name)) {
      LOG.warn("Cannot look at the events that are kept for \"{}\"", name, why);
    }
  }

  private void bound(String name, Cursor cursor, AgeMarks ages) throws IOException {
    Reserve kept = reserve(name);
    long waiting = cursor.lagEvents() + (kept == null ? 0 : kept.cursor().lagEvents());
    if (waiting == 0) {
      return;
    }
    if (told.add(name)) {
      LOG.warn(
          "{} events wait for \"{}\", which is not named in the settings, or disabled: name and"
              + " enable it to deliver them; they are given up after {} h",
          waiting,
          name,
          quota.quotaAge().toHours());
    }
    long longest = quota.quotaAge().toNanos();
    long bytes = cursor.lagBytes();
    if (kept != null) {
      long both = bytes + kept.cursor().lagBytes();
      if (kept.age() > longest || both > quota.quotaBytes()) {
        giveUp(name, kept.cursor(), kept.log());
      }
    }
    if (ages.ageOf(cursor) > longest || bytes > quota.quotaBytes()) {
      giveUp(name, cursor, log);
    }
  }

  private static void giveUp(String name, Cursor cursor, EventLog of) {
    long events = cursor.lagEvents();
    long unused = cursor.skip(cursor.reading(), of.end());
    if (events > 0) {
      LOG.error(
          "{} events given up for \"{}\", which is not named in the settings, or disabled",
          events,
          name);
    }
  }

  private @Nullable Reserve reserve(String name) {
    try {
      return reserves.existing(name);
    } catch (IOException e) {
      tellUnreadable(name, e);
      return null;
    }
  }
}
