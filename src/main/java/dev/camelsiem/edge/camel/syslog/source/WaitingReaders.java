package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.syslog.source.BatchQueue.Reader;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who waits for a turn, the longest waiting first. Not thread-safe. */
final class WaitingReaders {
  private final Set<Reader> inLine = new LinkedHashSet<>();

  /** Those whose turn came and found no room. */
  private final Set<Reader> first = new LinkedHashSet<>();

  /** At the end of the line, unless it waits already. */
  void add(Reader reader) {
    if (!first.contains(reader)) {
      inLine.add(reader);
    }
  }

  /** Before all that have had no turn. */
  void addFirst(Reader reader) {
    inLine.remove(reader);
    first.add(reader);
  }

  void forget(Reader reader) {
    inLine.remove(reader);
    first.remove(reader);
  }

  int size() {
    return inLine.size() + first.size();
  }

  /** The one that has waited longest, which waits no more; only when there is one. */
  Reader takeLongest() {
    Iterator<Reader> waiting = (first.isEmpty() ? inLine : first).iterator();
    Reader longest = waiting.next();
    waiting.remove();
    return longest;
  }
}
