package dev.camelsiem.delivery.wire;

/** What went over the connection in use, and when that should be ended. Used by one thread. */
final class Window {
  private final WindowSize size;
  private final long age;
  private boolean open;
  private long openedAt;
  private long bytes;
  private int events;
  private long lastBytes;
  private int lastEvents;

  /**
   * @param age in nanoseconds, at most
   */
  Window(WindowSize size, long age) {
    this.size = size;
    this.age = age;
  }

  /** Something was written. */
  void add(int newBytes, int newEvents) {
    lastBytes = newBytes;
    lastEvents = newEvents;
    bytes += newBytes;
    events += newEvents;
  }

  /** There is something to be confirmed from now on. */
  void open() {
    if (!open) {
      open = true;
      openedAt = System.nanoTime();
    }
  }

  boolean isOpen() {
    return open;
  }

  long bytes() {
    return bytes;
  }

  /** Whether so much can be added without making it larger than any window may be. */
  boolean hasRoomFor(long newBytes, int newEvents) {
    return bytes == 0 || !size.isTooMuch(bytes + newBytes, events + newEvents);
  }

  /** Whether it should end before as much is added as was last. */
  boolean isFull() {
    return bytes > 0 && size.isFull(bytes, events, lastBytes, lastEvents);
  }

  boolean isDue() {
    return open && (isFull() || System.nanoTime() - openedAt >= age);
  }

  /** When it is too old, as {@link System#nanoTime}; far away while it is not open. */
  long dueAt() {
    return open ? openedAt + age : System.nanoTime() + Long.MAX_VALUE / 4;
  }

  void close() {
    open = false;
    bytes = 0;
    events = 0;
    lastBytes = 0;
    lastEvents = 0;
  }
}
