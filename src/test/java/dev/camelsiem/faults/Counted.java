package dev.camelsiem.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the worker says that it has counted. */
final class Counted {
  private static final Pattern DROPPED = Pattern.compile("dropped \\{([^}]*)}");
  private static final Pattern NUMBER = Pattern.compile("=(\\d+)");

  private Counted() {}

  /** Events that the last status line of an integration counts as dropped, for all reasons. */
  static long dropped(String said, String integration) {
    long sum = -1;
    for (String line : said.lines().toList()) {
      Matcher dropped = DROPPED.matcher(line);
      if (line.contains(integration + " (") && dropped.find()) {
        sum = 0;
        Matcher number = NUMBER.matcher(dropped.group(1));
        while (number.find()) {
          sum += Long.parseLong(number.group(1));
        }
      }
    }
    return sum;
  }
}
