package dev.camelsiem.integration.delivery;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.spool.Spool.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was written to a connection and may still lie unread in socket buffers: sent again when the
 * connection breaks. Keeps at least the last {@code resendBytes} and the last five seconds, never
 * more than four times the bytes, nothing older than a minute. Not thread-safe.
 */
final class SentWindow {
  static final long RECENT = Duration.ofSeconds(5).toNanos();
  private static final long OLDEST = Duration.ofSeconds(60).toNanos();

  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private long bytes;

  /** A batch that was sent. */
  static final class Sent {
    /** Null when the spool has it. */
    @Nullable EncodedBatch batch;

    /** Its place in the spool, or null. */
    @Nullable Position end;

    final int events;
    final int size;
    final long at = System.nanoTime();

    Sent(@Nullable EncodedBatch batch, @Nullable Position end, int events, int size) {
      this.batch = batch;
      this.end = end;
      this.events = events;
      this.size = size;
    }
  }

  void add(Sent entry) {
    sent.add(entry);
    bytes += entry.size;
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  int events() {
    return sent.stream().mapToInt(entry -> entry.events).sum();
  }

  /** The entries that no spool has, oldest first. */
  List<Sent> live() {
    return sent.stream().filter(entry -> entry.batch != null).toList();
  }

  /** Whether anything was sent within the last five seconds. */
  boolean isRecent(long now) {
    Sent last = sent.peekLast();
    return last != null && now - last.at < RECENT;
  }

  /** Lets go of what is surely read by now; each entry is handed out once. */
  void evict(long now, int resendBytes, Consumer<Sent> released) {
    Iterator<Sent> entries = sent.iterator();
    while (entries.hasNext()) {
      Sent entry = entries.next();
      long after = bytes - entry.size;
      boolean covered = after >= resendBytes && now - entry.at > RECENT;
      if (!covered && after < 4L * resendBytes && now - entry.at < OLDEST) {
        return;
      }
      entries.remove();
      bytes = after;
      released.accept(entry);
    }
  }

  /** Lets go of everything. */
  void clear(Consumer<Sent> released) {
    while (!sent.isEmpty()) {
      released.accept(sent.removeFirst());
    }
    bytes = 0;
  }
}
