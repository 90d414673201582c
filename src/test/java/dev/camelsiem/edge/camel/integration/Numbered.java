package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.edge.receiver.MessageSink;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Checks numbered events as they arrive, without keeping them. */
final class Numbered implements MessageSink {
  private final BitSet seen = new BitSet();
  private int count;
  private int highest = -1;
  private int outOfOrder;

  @Override
  public synchronized void message(byte[] bytes, int from, int to) {
    int number = Pipeline.number(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    count++;
    if (!seen.get(number)) {
      seen.set(number);
      outOfOrder += number < highest ? 1 : 0;
      highest = Math.max(highest, number);
    }
  }

  /** A line that was cut by the end of its connection comes again. */
  @Override
  public void unfinished(byte[] bytes, int from, int to) {}

  /** Messages, those that came twice included. */
  synchronized int count() {
    return count;
  }

  /** Different numbers. */
  synchronized int distinct() {
    return seen.cardinality();
  }

  /** Numbers that came for the first time after a higher one. */
  synchronized int outOfOrder() {
    return outOfOrder;
  }
}
