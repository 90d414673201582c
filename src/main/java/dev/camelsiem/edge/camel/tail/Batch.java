package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines that are delivered together, and the files whose place moves when they are. */
final class Batch {
  private final int maxEvents;
  private final long maxBytes;
  private final List<RawEvent> events;
  private final List<DeadLetter> letters = new ArrayList<>(0);
  private final List<TailedFile> files = new ArrayList<>(1);
  private long bytes;
  private long begun;

  Batch(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.events = new ArrayList<>(Math.min(maxEvents, 1024));
  }

  boolean hasRoomFor(int length) {
    return events.isEmpty() || (events.size() < maxEvents && bytes + length <= maxBytes);
  }

  boolean isFull() {
    return events.size() >= maxEvents || bytes >= maxBytes || letters.size() >= maxEvents;
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
    if (!file.inBatch) {
      file.inBatch = true;
      files.add(file);
    }
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
    boolean moved = !files.isEmpty();
    files.forEach(TailedFile::commit);
    files.clear();
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
