package dev.camelsiem.letters;

import java.util.HashMap;
import java.util.Map;

/**
 * Who gives how much when room must be made: the largest gives until it has as much as the next,
 * then both alike, and so on; nobody below that level gives anything. All addresses together are
 * one holder beside each file and each topic, since a stranger may have any number of them; what
 * they give is found among them the same way.
 */
final class WaterLevel {
  private static final String ADDRESSES = "://";

  private WaterLevel() {}

  /**
   * How many bytes each gives: together at least so many as are wanted, or all.
   *
   * @param held bytes by name
   */
  static Map<String, Long> cut(Map<String, Long> held, long wanted) {
    Map<String, Long> holders = new HashMap<>();
    Map<String, Long> addresses = new HashMap<>();
    held.forEach(
        (name, bytes) -> {
          boolean isAddress = OriginGroups.isAddress(name);
          holders.merge(isAddress ? ADDRESSES : name, bytes, Long::sum);
          if (isAddress) {
            addresses.put(name, bytes);
          }
        });
    Map<String, Long> cut = level(holders, wanted);
    Long ofAddresses = cut.remove(ADDRESSES);
    if (ofAddresses != null) {
      cut.putAll(level(addresses, ofAddresses));
    }
    return cut;
  }

  private static Map<String, Long> level(Map<String, Long> held, long wanted) {
    long[] sizes = held.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long level = 0;
    long above = 0;
    for (int i = sizes.length - 1; i >= 0; i--) {
      above += sizes[i];
      int holders = sizes.length - i;
      long next = i > 0 ? sizes[i - 1] : 0;
      if (above - holders * next >= wanted) {
        level = Math.max(0, Math.floorDiv(above - wanted, holders));
        break;
      }
    }
    Map<String, Long> cut = new HashMap<>();
    for (Map.Entry<String, Long> each : held.entrySet()) {
      if (each.getValue() > level) {
        cut.put(each.getKey(), each.getValue() - level);
      }
    }
    return cut;
  }
}
