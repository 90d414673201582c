package dev.camelsiem.flow.event;

import dev.camelsiem.text.Lines;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Encoded events of one batch side by side in one byte array: what encoding actions leave and sinks
 * take.
 *
 * <p>As a {@link List} it shows each event as a {@link String}, so that any Camel step can use it;
 * our own steps work on the bytes. No event holds a frame or a line break; behind each that a
 * {@link Builder} has closed stands a line feed, so that lines go out as they are. Immutable; the
 * bytes are shared, not copied.
 */
public final class EncodedBatch extends AbstractList<String> implements RandomAccess {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final @Nullable EventFacts[] facts;
  private final @Nullable EventId[] ids;

  /** Null where nobody knows; likewise each of them. */
  private final @Nullable String @Nullable [] origins;

  private final int size;

  /**
   * Where all ends when the events fill the bytes up to there, each with its line feed; -1 when
   * they do not.
   */
  private final int filled;

  /** Whether the encoders of all events have kept them free of line breaks. */
  private final boolean unbroken;

  /** Counted when first asked for, by any thread; -1 before. */
  private int totalBytes = -1;

  private EncodedBatch(
      byte[] bytes,
      int[] starts,
      int[] ends,
      @Nullable EventFacts[] facts,
      @Nullable EventId[] ids,
      @Nullable String @Nullable [] origins,
      int size,
      int filled,
      boolean unbroken) {
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
    this.facts = facts;
    this.ids = ids;
    this.origins = origins;
    this.size = size;
    this.filled = filled;
    this.unbroken = unbroken;
  }

  /**
   * A batch over arrays that exist already and never change again; one entry for each event.
   *
   * @throws IllegalArgumentException when an event lies outside of the bytes, or lengths differ
   */
  public static EncodedBatch over(
      byte[] bytes,
      int[] starts,
      int[] ends,
      @Nullable EventFacts[] facts,
      @Nullable EventId[] ids) {
    int size = starts.length;
    if (ends.length != size || facts.length != size || ids.length != size) {
      throw new IllegalArgumentException("arrays of different lengths");
    }
    for (int i = 0; i < size; i++) {
      if (starts[i] < 0 || starts[i] > ends[i] || ends[i] > bytes.length) {
        throw new IllegalArgumentException("event " + i + " lies outside of the bytes");
      }
    }
    return new EncodedBatch(bytes, starts, ends, facts, ids, null, size, -1, false);
  }

  /** The events of some batches, one batch behind the other, side by side. */
  public static EncodedBatch join(List<EncodedBatch> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int events = 0;
    long room = 0;
    for (EncodedBatch part : parts) {
      events += part.size;
      room += part.filled < 0 ? part.totalBytes() + part.size : part.filled;
    }
    byte[] bytes = new byte[Math.toIntExact(room)];
    int[] starts = new int[events];
    int[] ends = new int[events];
    @Nullable EventFacts[] facts = new EventFacts[events];
    @Nullable EventId[] ids = new EventId[events];
    @Nullable String[] origins = new String[events];
    int at = 0;
    int index = 0;
    boolean unbroken = true;
    for (EncodedBatch part : parts) {
      unbroken &= part.unbroken;
      System.arraycopy(part.facts, 0, facts, index, part.size);
      System.arraycopy(part.ids, 0, ids, index, part.size);
      if (part.origins != null) {
        System.arraycopy(part.origins, 0, origins, index, part.size);
      }
      at = part.copyTo(bytes, at, starts, ends, index);
      index += part.size;
    }
    return new EncodedBatch(bytes, starts, ends, facts, ids, origins, events, at, unbroken);
  }

  /** Copies all events, a line feed behind each; returns where the last one ends. */
  private int copyTo(byte[] target, int from, int[] newStarts, int[] newEnds, int index) {
    if (filled >= 0) {
      System.arraycopy(bytes, 0, target, from, filled);
    }
    int at = from;
    for (int i = 0; i < size; i++) {
      int length = ends[i] - starts[i];
      if (filled < 0) {
        System.arraycopy(bytes, starts[i], target, at, length);
        target[at + length] = '\n';
      }
      newStarts[index + i] = at;
      newEnds[index + i] = at + length;
      at += length + 1;
    }
    return at;
  }

  @Override
  public int size() {
    return size;
  }

  /** The event as text. */
  @Override
  public String get(int index) {
    return new String(bytes, start(index), end(index) - start(index), StandardCharsets.UTF_8);
  }

  /** The array that holds all events; read only. */
  public byte[] array() {
    return bytes;
  }

  public int start(int index) {
    return starts[checked(index)];
  }

  /** End of an event in {@link #array()}, excluded. */
  public int end(int index) {
    return ends[checked(index)];
  }

  /** What the category filter reads, or null when the encoder knew nothing of it. */
  public @Nullable EventFacts facts(int index) {
    return facts[checked(index)];
  }

  /** The name of an event, or null when whoever encoded it had none. */
  public @Nullable EventId id(int index) {
    return ids[checked(index)];
  }

  /**
   * Where an event came from, as {@link RawEvent#origin} says it; null when whoever encoded it did
   * not know, and of what was read from the log.
   */
  public @Nullable String origin(int index) {
    int at = checked(index);
    return origins == null ? null : origins[at];
  }

  /** Bytes of all events, without frames. */
  public int totalBytes() {
    int total = totalBytes;
    if (total < 0) {
      total = 0;
      for (int i = 0; i < size; i++) {
        total += ends[i] - starts[i];
      }
      totalBytes = total;
    }
    return total;
  }

  /** The events that pass, in the same order, on the same bytes. */
  public EncodedBatch select(IntPredicate keep) {
    int[] keptStarts = new int[size];
    int[] keptEnds = new int[size];
    @Nullable EventFacts[] keptFacts = new EventFacts[size];
    @Nullable EventId[] keptIds = new EventId[size];
    @Nullable String[] keptOrigins = origins == null ? null : new String[size];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (keep.test(i)) {
        keptStarts[kept] = starts[i];
        keptEnds[kept] = ends[i];
        keptIds[kept] = ids[i];
        if (keptOrigins != null && origins != null) {
          keptOrigins[kept] = origins[i];
        }
        keptFacts[kept++] = facts[i];
      }
    }
    return kept == size
        ? this
        : new EncodedBatch(
            bytes, keptStarts, keptEnds, keptFacts, keptIds, keptOrigins, kept, -1, unbroken);
  }

  /** The events from one index up to another, on the same bytes. */
  public EncodedBatch slice(int from, int to) {
    if (from == 0 && to == size) {
      return this;
    }
    return new EncodedBatch(
        bytes,
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to),
        Arrays.copyOfRange(facts, from, to),
        Arrays.copyOfRange(ids, from, to),
        origins == null ? null : Arrays.copyOfRange(origins, from, to),
        to - from,
        -1,
        unbroken);
  }

  /**
   * The same events with a blank for each line break. Looks at the events unless each came from an
   * encoder that has vouched for it.
   */
  public EncodedBatch withoutBreaks() {
    if (unbroken) {
      return this;
    }
    int broken = 0;
    while (broken < size && !Lines.hasBreak(bytes, starts[broken], ends[broken])) {
      broken++;
    }
    if (broken == size) {
      return this;
    }
    byte[] clean = bytes.clone();
    for (int i = broken; i < size; i++) {
      for (int at = starts[i]; at < ends[i]; at++) {
        clean[at] = clean[at] == '\n' || clean[at] == '\r' ? (byte) ' ' : clean[at];
      }
    }
    return new EncodedBatch(clean, starts, ends, facts, ids, origins, size, -1, true);
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return index;
  }

  /**
   * Grows a batch in one buffer. An event is written to {@link #array()} and then closed with
   * {@link #endEvent}.
   */
  public static final class Builder {
    private static final int SLACK = 4_096;

    /** Two numbers and three references. */
    private static final int EVENT_OVERHEAD = 2 * Integer.BYTES + 3 * Long.BYTES;

    private byte[] bytes;
    private int position;
    private int[] starts;
    private int[] ends;
    private @Nullable EventFacts[] facts;
    private @Nullable EventId[] ids;
    private @Nullable String @Nullable [] origins;
    private @Nullable String origin;
    private int size;
    private boolean unbroken = true;

    public Builder(int expectedBytes) {
      this(expectedBytes, 64);
    }

    public Builder(int expectedBytes, int expectedEvents) {
      int events = Math.max(1, expectedEvents);
      bytes = new byte[Math.max(256, expectedBytes)];
      starts = new int[events];
      ends = new int[events];
      facts = new EventFacts[events];
      ids = new EventId[events];
    }

    /** Where the next byte goes. */
    public int position() {
      return position;
    }

    /**
     * The buffer with room for {@code more} bytes after {@link #position()}; ask again after every
     * call.
     */
    public byte[] room(int more) {
      if (bytes.length - position <= more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more + 1));
      }
      return bytes;
    }

    /** Where the events come from that are closed from now on, as {@link RawEvent#origin} says. */
    public void from(String eventOrigin) {
      origin = eventOrigin;
      if (origins == null) {
        origins = new String[starts.length];
      }
    }

    /** Closes the event that was written from {@link #position()} up to {@code end}. */
    public void endEvent(int end, @Nullable EventFacts eventFacts) {
      endEvent(end, eventFacts, null);
    }

    /** As {@link #endEvent(int, EventFacts)}, for an event that has a name. */
    public void endEvent(int end, @Nullable EventFacts eventFacts, @Nullable EventId id) {
      unbroken = false;
      end(end, eventFacts, id);
    }

    /**
     * As {@link #endEvent}, for encoders that let no line break through whatever the event is:
     * nobody looks for one again.
     */
    public void endLine(int end, @Nullable EventFacts eventFacts, @Nullable EventId id) {
      assert !Lines.hasBreak(bytes, position, end) : "the encoder's promise"; // so each test asks
      end(end, eventFacts, id);
    }

    private void end(int end, @Nullable EventFacts eventFacts, @Nullable EventId id) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
        facts = Arrays.copyOf(facts, size * 2);
        ids = Arrays.copyOf(ids, size * 2);
        origins = origins == null ? null : Arrays.copyOf(origins, size * 2);
      }
      if (origins != null) {
        origins[size] = origin;
      }
      starts[size] = position;
      ends[size] = end;
      ids[size] = id;
      facts[size++] = eventFacts;
      if (end == bytes.length) {
        room(end - position);
      }
      bytes[end] = '\n';
      position = end + 1;
    }

    /** Adds an event that exists already and has no name. */
    public void add(byte[] source, int from, int to, @Nullable EventFacts eventFacts) {
      add(source, from, to, eventFacts, null);
    }

    /** Adds an event that exists already. */
    public void add(
        byte[] source, int from, int to, @Nullable EventFacts eventFacts, @Nullable EventId id) {
      endEvent(copied(source, from, to), eventFacts, id);
    }

    /** As {@link #add}, with the promise of {@link #endLine}. */
    public void addLine(
        byte[] source, int from, int to, @Nullable EventFacts eventFacts, @Nullable EventId id) {
      endLine(copied(source, from, to), eventFacts, id);
    }

    private int copied(byte[] source, int from, int to) {
      System.arraycopy(source, from, room(to - from), position, to - from);
      return position + to - from;
    }

    public int size() {
      return size;
    }

    /** Forgets all events and keeps the room. */
    void reset() {
      Arrays.fill(facts, 0, size, null);
      Arrays.fill(ids, 0, size, null);
      if (origins != null) {
        Arrays.fill(origins, 0, size, null);
      }
      origin = null;
      position = 0;
      size = 0;
      unbroken = true;
    }

    /** About what it takes, full or not. */
    long heldBytes() {
      return held(bytes.length, starts.length);
    }

    /** About what one takes with room for so many bytes and events. */
    static long held(int bytes, int events) {
      return bytes + (long) EVENT_OVERHEAD * events;
    }

    /** The events so far; must not be seen any more once the builder is used again. */
    EncodedBatch view() {
      return new EncodedBatch(bytes, starts, ends, facts, ids, origins, size, position, unbroken);
    }

    /**
     * The batch; the builder must not be used afterwards. Holds at most twice the bytes of its
     * events, and a little.
     */
    public EncodedBatch build() {
      if (bytes.length > 2 * position + SLACK) {
        bytes = Arrays.copyOf(bytes, position);
      }
      return view();
    }
  }
}
