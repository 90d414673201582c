package dev.camelsiem.flow.syslog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SyslogHeaderParser} found in one event: numbers, and positions in the event's bytes.
 *
 * <p>A parser owns one and overwrites it with every event; who keeps something must copy it.
 */
public final class SyslogHeader {
  /** The header's form. */
  public enum Format {
    /** No priority and no date in front: all of it is the message. */
    NONE,
    /** RFC 3164 and its many relatives: any of priority, date, host and tag. */
    RFC3164,
    /** RFC 5424. */
    RFC5424
  }

  /** The parts of a header that are text. */
  public enum Part {
    /** The date as written, also when it could not be made a point in time. */
    TIMESTAMP(0),
    HOST(1),
    /** APP-NAME of RFC 5424, the tag of RFC 3164 without process id. */
    APP(2),
    PROCESS_ID(3),
    MESSAGE_ID(4),
    /** All elements of RFC 5424 structured data, with their brackets. */
    STRUCTURED_DATA(5);

    private final int slot;

    Part(int slot) {
      this.slot = slot;
    }
  }

  /** {@link #priority()} when there is none. */
  public static final int NO_PRIORITY = -1;

  /** {@link #time()} when there is none. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final int PARTS = Part.values().length;

  private final int[] starts = new int[PARTS];
  private final int[] ends = new int[PARTS];
  private Format format = Format.NONE;
  private int priority = NO_PRIORITY;
  private long time = NO_TIME;
  private int messageFrom;
  private int messageTo;

  SyslogHeader() {}

  public Format format() {
    return format;
  }

  /** The number between the angle brackets, 0..191, or {@link #NO_PRIORITY}. */
  public int priority() {
    return priority;
  }

  /** 0..23, or -1 without priority. */
  public int facility() {
    return priority >> 3;
  }

  /** Syslog severity 0 (worst) to 7, or -1 without priority. */
  public int syslogSeverity() {
    return priority < 0 ? -1 : priority & 7;
  }

  /** The header's date in epoch milliseconds, or {@link #NO_TIME}. */
  public long time() {
    return time;
  }

  /** Where the message begins: after header, blank and byte order mark. */
  public int messageFrom() {
    return messageFrom;
  }

  /** Where the message ends, excluded. */
  public int messageTo() {
    return messageTo;
  }

  /** False when the header lacks the part or has the nil value {@code -} there. */
  public boolean has(Part part) {
    return ends[part.slot] > starts[part.slot];
  }

  /** Where a part begins; meaningless unless {@link #has} it. */
  public int start(Part part) {
    return starts[part.slot];
  }

  /** Where a part ends, excluded. */
  public int end(Part part) {
    return ends[part.slot];
  }

  /** A part of these bytes as text, or null. */
  public @Nullable String text(byte[] bytes, Part part) {
    return has(part)
        ? new String(bytes, start(part), end(part) - start(part), StandardCharsets.UTF_8)
        : null;
  }

  void clear(int from, int to) {
    for (int i = 0; i < PARTS; i++) {
      starts[i] = from;
      ends[i] = from;
    }
    format = Format.NONE;
    priority = NO_PRIORITY;
    time = NO_TIME;
    messageFrom = from;
    messageTo = to;
  }

  void format(Format newFormat) {
    format = newFormat;
  }

  void priority(int newPriority) {
    priority = newPriority;
  }

  void time(long newTime) {
    time = newTime;
  }

  void message(int from) {
    messageFrom = from;
  }

  void part(Part part, int from, int to) {
    starts[part.slot] = from;
    ends[part.slot] = to;
  }
}
