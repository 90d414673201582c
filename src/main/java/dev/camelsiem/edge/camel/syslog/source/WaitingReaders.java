package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.syslog.source.BatchQueue.Reader;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for a turn, and who has one. Addresses take turns, and the connections of an address,
 * the longest waiting first: many that one address has open do not come before the one of another.
 *
 * <p>A turn's share is the part of a batch that is left to those who have as much: an address whose
 * connection has used up its turn counts with each of its connections, until one gives less. Others
 * do not count: many who have little take nothing from one who has much. Not thread-safe.
 */
final class WaitingReaders {
  /** No batch is cut into more parts. */
  private static final int MOST_PARTS = 64;

  private final Map<InetAddress, Line> lines = new HashMap<>();

  /** The lines with somebody who waits, in the order of their turns. */
  private final Set<Line> inTurn = new LinkedHashSet<>();

  /** Those whose turn came and found no room. */
  private final Set<Reader> first = new LinkedHashSet<>();

  private int waiting;
  private int underWay;
  private int hungry;

  /** The connections of one address. */
  private static final class Line {
    private final Set<Reader> readers = new LinkedHashSet<>();

    /** Those that wait or have a turn. */
    private int members;

    private boolean hungry;
  }

  /** At the end of its line, unless it waits already. */
  void add(Reader reader) {
    if (!first.contains(reader)) {
      Line line = line(reader);
      if (line.readers.add(reader)) {
        waiting++;
        count(line, 1);
        inTurn.add(line);
      }
      if (reader.usedUp()) {
        setHungry(line, true);
      }
    }
  }

  /**
   * Before all that have had no turn.
   *
   * @param hasMore whether it has given something, and found no room for more
   */
  void addFirst(Reader reader, boolean hasMore) {
    forget(reader);
    first.add(reader);
    waiting++;
    Line line = line(reader);
    count(line, 1);
    if (hasMore) {
      setHungry(line, true);
    }
  }

  void forget(Reader reader) {
    Line line = line(reader);
    if (first.remove(reader) || line.readers.remove(reader)) {
      waiting--;
      if (line.readers.isEmpty()) {
        inTurn.remove(line);
      }
      leave(reader, line);
    } else if (line.members == 0) {
      lines.remove(reader.sender());
    }
  }

  /** How many wait. */
  int size() {
    return waiting;
  }

  /** How many have a turn that is not {@link #over}. */
  int underWay() {
    return underWay;
  }

  /** The next one, which waits no more and has a turn; only when there is one. */
  Reader take() {
    waiting--;
    underWay++;
    if (!first.isEmpty()) {
      return removeFirst(first);
    }
    Line line = removeFirst(inTurn);
    Reader reader = removeFirst(line.readers);
    if (!line.readers.isEmpty()) {
      inTurn.add(line);
    }
    return reader;
  }

  /**
   * A turn is over. It may wait again already.
   *
   * @param gave whether it gave anything: else it tells nothing of what it has
   */
  void over(Reader reader, boolean gave) {
    underWay--;
    Line line = line(reader);
    if (gave) {
      setHungry(line, reader.usedUp() || first.contains(reader));
    }
    leave(reader, line);
  }

  /** How much of a batch one turn may give. */
  int share(int batch) {
    return Math.max(1, batch / Math.max(1, Math.min(MOST_PARTS, hungry)));
  }

  private Line line(Reader reader) {
    return lines.computeIfAbsent(reader.sender(), sender -> new Line());
  }

  private void leave(Reader reader, Line line) {
    count(line, -1);
    if (line.members == 0) {
      lines.remove(reader.sender());
    }
  }

  private void count(Line line, int more) {
    line.members += more;
    hungry += line.hungry ? more : 0;
  }

  private void setHungry(Line line, boolean now) {
    if (line.hungry != now) {
      line.hungry = now;
      hungry += now ? line.members : -line.members;
    }
  }

  private static <T> T removeFirst(Collection<T> all) {
    Iterator<T> each = all.iterator();
    T one = each.next();
    each.remove();
    return one;
  }
}
