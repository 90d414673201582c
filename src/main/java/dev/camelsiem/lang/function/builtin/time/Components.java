package dev.camelsiem.lang.function.builtin.time;

import dev.camelsiem.time.Civil;
import dev.camelsiem.time.DateTime;

/** The parts of an instant in UTC. */
final class Components {
  private Components() {}

  /** {@code year * 10000 + month * 100 + day}. */
  static int date(DateTime date) {
    return Civil.date(Math.floorDiv(date.epochMillis(), Civil.DAY_MILLIS));
  }

  static int secondOfDay(DateTime date) {
    return (int) (Math.floorMod(date.epochMillis(), Civil.DAY_MILLIS) / 1000);
  }
}
