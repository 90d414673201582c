package dev.camelsiem.edge.camel.syslog.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * How many datagrams the kernel has dropped on a local port because nobody read them in time, from
 * the last column of {@code /proc/net/udp} and {@code udp6} (Linux; elsewhere unknown).
 */
final class KernelDrops {
  /** What {@link #count} gives where the system does not tell. */
  static final long UNKNOWN = -1;

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private static final int COLUMNS = 13;

  private KernelDrops() {}

  /** Dropped datagrams of all sockets bound to the port, or {@link #UNKNOWN}. */
  static long count(int port) {
    long total = UNKNOWN;
    for (Path table : TABLES) {
      for (String row : rows(table)) {
        long drops = drops(row, port);
        if (drops >= 0) {
          total = Math.max(total, 0) + drops;
        }
      }
    }
    return total;
  }

  /** Nothing when there is no such table: not Linux, or no IPv6. */
  private static List<String> rows(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table) : List.of();
    } catch (IOException e) {
      return List.of(); // unknown, as if there were none
    }
  }

  /** The drops of one row, or -1 when it is the head line or another port. */
  static long drops(String row, int port) {
    StringTokenizer columns = new StringTokenizer(row);
    if (columns.countTokens() < COLUMNS) {
      return -1;
    }
    columns.nextToken();
    if (!columns.nextToken().endsWith(String.format(Locale.ROOT, ":%04X", port))) {
      return -1;
    }
    String last = "";
    while (columns.hasMoreTokens()) {
      last = columns.nextToken();
    }
    try {
      return Long.parseLong(last);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
