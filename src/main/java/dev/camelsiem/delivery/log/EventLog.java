package dev.camelsiem.delivery.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An append-only log of encoded events with cursors. Thread-safe. */
public final class EventLog implements Closeable {
  private EventLog() {}

  /**
   * Opens the log of a folder, which is created if need be. Damage never keeps it from opening.
   *
   * @throws IOException when the folder cannot be used or another process uses it
   */
  public static EventLog open(Path folder, LogSettings settings) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Appends records in their order, all or none; durable on return, as the settings say. Waits
   * while the disk syncs; appends of several threads share a sync.
   *
   * @throws LogFullException when the disk has too little room; nothing was appended
   * @throws IOException when the disk fails; nothing counts as appended
   */
  public void append(List<LogEntry> entries) throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** The end of what readers can see. */
  public Position end() {
    throw new UnsupportedOperationException();
  }

  /** The place of a reader, as it was left, or new at the log's end. The same object each time. */
  public Cursor cursor(String name) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The cursors that exist, also those that nobody has asked for since the log was opened. */
  public List<String> cursors() {
    throw new UnsupportedOperationException();
  }

  /** Forgets a reader and its place for good. */
  public void deleteCursor(String name) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * The first record at or behind a place, or null at the end; for those who read beside a cursor.
   */
  public @Nullable LogBatch read(Position from) throws IOException {
    throw new UnsupportedOperationException();
  }

  public LogStatus status() {
    throw new UnsupportedOperationException();
  }

  /** Saves the cursors and frees the folder. Readers that wait get null. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
