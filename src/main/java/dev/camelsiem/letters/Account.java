package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Who holds how much of one file. The first origins of each kind in the file have names of their
 * own, those that come later share one of the names of {@link OriginGroups#others}: so the same
 * lines give the same names whenever they are counted. Not thread-safe.
 */
final class Account {
  /** Of each kind: addresses, topics, files. */
  static final int MOST_NAMES = 256;

  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, Integer> named = new HashMap<>();
  private long bytes;
  private long highest;

  /**
   * Counts a file.
   *
   * @throws UnreadableException when it can't be read
   */
  static Account of(Path file) throws IOException {
    Account account = new Account();
    boolean unused =
        FileLines.each(
            file,
            (bytes, from, to) -> {
              account.add(bytes, from, to);
              return true;
            });
    return account;
  }

  /** Counts a line without its line feed. */
  void add(byte[] line, int from, int to) {
    add(
        OriginGroups.ofLine(line, from, to),
        to - from + 1L,
        OriginGroups.numberOfLine(line, from, to));
  }

  /**
   * Counts a line.
   *
   * @param length with its line feed
   * @param number of the letter, or 0
   */
  void add(String group, long length, long number) {
    String name = name(group);
    if (held.merge(name, length, Long::sum) == length) {
      named.merge(OriginGroups.others(name), 1, Integer::sum);
    }
    bytes += length;
    highest = Math.max(highest, number);
  }

  /** What the lines of a group are counted as. */
  String name(String group) {
    if (held.containsKey(group)) {
      return group;
    }
    String kind = OriginGroups.others(group);
    return named.getOrDefault(kind, 0) < MOST_NAMES ? group : kind;
  }

  /** Bytes by name. */
  Map<String, Long> held() {
    return held;
  }

  /** Of all lines. */
  long bytes() {
    return bytes;
  }

  /** The highest number of a letter, or 0. */
  long highest() {
    return highest;
  }
}
