package dev.camelsiem.flow.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One event as it arrived, untouched. Sources emit batches of these as {@code List<RawEvent>}.
 *
 * <p>Immutable: nobody may change the bytes after the event was made.
 */
public final class RawEvent {
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final String origin;
  private final long position;
  private final long receivedAt;
  private final long source;
  private final int element;

  /**
   * An event of a source that has no identity but its name: the id is made from the origin.
   *
   * @param origin where it came from, for people and for dead letters: a file's path, {@code
   *     tcp://192.0.2.1:40000}, {@code kafka:topic-0}
   * @param position its place in the origin: byte offset in a file, line number of a request (from
   *     1), Kafka offset; -1 when it has none
   * @param receivedAt epoch milliseconds
   */
  public RawEvent(byte[] bytes, int from, int to, String origin, long position, long receivedAt) {
    this(bytes, from, to, origin, position, receivedAt, 0, 0);
  }

  /**
   * An event whose id is made from a source's identity.
   *
   * @param source as {@link EventId} wants it; 0 to make it from the origin
   * @param element as {@link EventId} wants it
   */
  public RawEvent(
      byte[] bytes,
      int from,
      int to,
      String origin,
      long position,
      long receivedAt,
      long source,
      int element) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length);
    }
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.origin = origin;
    this.position = position;
    this.receivedAt = receivedAt;
    this.source = source;
    this.element = element;
  }

  /** An event from a string, for callers that have no bytes; like no other before it. */
  public static RawEvent of(String text, String origin, long position) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long now = System.currentTimeMillis();
    long source = EventId.newSource();
    return new RawEvent(bytes, 0, bytes.length, origin, position, now, source, 0);
  }

  /**
   * An event that was encoded before, with the id that it had or a new one.
   *
   * @param otherwise its origin when the batch does not know it
   */
  public static RawEvent of(EncodedBatch batch, int index, String otherwise, long receivedAt) {
    String origin = batch.origin(index);
    EventId known = batch.id(index);
    EventId id = known == null ? new EventId(EventId.newSource(), index + 1L, 0) : known;
    return new RawEvent(
        batch.array(),
        batch.start(index),
        batch.end(index),
        origin == null ? otherwise : origin,
        id.offset(),
        receivedAt,
        id.source(),
        id.element());
  }

  /** The same event without some bytes at its ends. */
  public RawEvent cut(int newFrom, int newTo) {
    return new RawEvent(bytes, newFrom, newTo, origin, position, receivedAt, source, element);
  }

  /** Other bytes at the place of this event, all of an array. */
  public RawEvent over(byte[] all) {
    return new RawEvent(all, 0, all.length, origin, position, receivedAt, source, element);
  }

  /** The array that holds the event; read only. */
  public byte[] array() {
    return bytes;
  }

  public int from() {
    return from;
  }

  /** End in {@link #array()}, excluded. */
  public int to() {
    return to;
  }

  public int length() {
    return to - from;
  }

  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  public String origin() {
    return origin;
  }

  public long position() {
    return position;
  }

  public long receivedAt() {
    return receivedAt;
  }

  /** The name that a repeat of this event carries, too. */
  public EventId id() {
    return new EventId(source == 0 ? EventId.source(origin) : source, position, element);
  }

  /** What identifies the source in {@link #id}; 0 when the origin does. */
  public long source() {
    return source;
  }

  /** Which element of its place it is, as in {@link #id}. */
  public int element() {
    return element;
  }

  /** Whether this and another one are elements of one event, such as of one JSON array. */
  public boolean isOfSameEvent(RawEvent other) {
    return bytes == other.bytes
        && source == other.source
        && position == other.position
        && origin.equals(other.origin);
  }

  /** The event as text; invalid UTF-8 shows as U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
