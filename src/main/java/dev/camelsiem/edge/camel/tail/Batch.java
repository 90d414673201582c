package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines that are delivered together, and the files whose place moves when they are. */
final class Batch {
  private final int maxEvents;
  private final long maxBytes;
  private final List<RawEvent> events;
  private final List<DeadLetter> letters = new ArrayList<>(0);
  private final List<TailedFile> files = new ArrayList<>(1);
  private @Nullable List<Reached> reached;
  private long bytes;
  private long begun;
  private boolean full;

  /**
   * How far a file was read when the batch was closed.
   *
   * @param source of that content: a file that was cut since is at another place, of other content
   */
  private record Reached(TailedFile file, long source, long offset, Place place) {
    static Reached by(TailedFile file) {
      return new Reached(file, file.source, file.offset, file.place);
    }

    void commit() {
      if (file.source == source) {
        file.commit(offset, place);
      }
    }
  }

  Batch(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.events = new ArrayList<>(Math.min(maxEvents, 1024));
  }

  boolean hasRoomFor(int length) {
    return events.isEmpty() || (events.size() < maxEvents && bytes + length <= maxBytes);
  }

  boolean isFull() {
    return full || events.size() >= maxEvents || bytes >= maxBytes || letters.size() >= maxEvents;
  }

  /** There is more, for which it has no room. */
  void markFull() {
    full = true;
  }

  /** True when there is neither an event nor a dead letter; places may have moved all the same. */
  boolean isEmpty() {
    return events.isEmpty() && letters.isEmpty();
  }

  void add(RawEvent event) {
    begin();
    events.add(event);
    bytes += event.length();
  }

  void add(DeadLetter letter) {
    begin();
    letters.add(letter);
  }

  /** Remembers that the place in a file has moved. */
  void touch(TailedFile file) {
    if (file.batch != this) {
      file.batch = this;
      files.add(file);
    }
  }

  /** The places reached now are those to commit: what is read from now on is the next one's. */
  void seal() {
    reached = reachedNow();
  }

  private List<Reached> reachedNow() {
    return files.stream().map(Reached::by).toList();
  }

  /** Whether the id of an event here rests on something that no checkpoint holds yet. */
  boolean hasUnsavedSource() {
    return files.stream().anyMatch(file -> !file.sourceSaved);
  }

  /** The files whose place moves; a copy. */
  List<TailedFile> files() {
    return List.copyOf(files);
  }

  /** The places reached are now places delivered; returns false when none has moved. */
  boolean commit() {
    List<Reached> places = reached == null ? reachedNow() : reached;
    boolean moved = !files.isEmpty();
    places.forEach(Reached::commit);
    for (TailedFile file : files) {
      if (file.batch == this) { // else the next one has lines of it, too
        file.batch = null;
      }
    }
    files.clear();
    reached = null;
    return moved;
  }

  /** True when the batch can't wait any longer for more lines. */
  boolean isDue(long now, long waitNanos) {
    return isFull() || (!isEmpty() && now - begun >= waitNanos);
  }

  private void begin() {
    if (isEmpty()) {
      begun = System.nanoTime();
    }
  }

  List<RawEvent> events() {
    return Collections.unmodifiableList(events);
  }

  List<DeadLetter> letters() {
    return Collections.unmodifiableList(letters);
  }
}
