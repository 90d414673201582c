package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reader's place in a log, kept across restarts. Reading goes on from the last batch that
 * {@link #next} gave; what is committed is forgotten. Thread-safe, with one thread that reads.
 */
public interface Cursor {
  /** All before it is done with. */
  Position committed();

  /**
   * The next batch behind the last one that was read, or null when none came within the time. Steps
   * over gaps and damage by itself.
   */
  @Nullable LogBatch next(Duration wait) throws IOException, InterruptedException;

  /** Waits until there may be a batch to read, the log is closed, or the time is over. */
  void await(Duration wait) throws InterruptedException;

  /** Where the reading goes on; not before {@link #committed}, never in a gap. */
  Position reading();

  /**
   * The first batch at or behind a place that is for this reader, or null at its end; for those who
   * look ahead of the reading.
   */
  @Nullable LogBatch read(Position from) throws IOException;

  /** Reads again from the committed place. */
  void rewind();

  /** Forgets all before a place; a place behind the committed one changes nothing. */
  void commit(Position position);

  /**
   * Steps over events that are given up: never read, and not kept on disk for this cursor any more.
   *
   * @param from not before {@link #reading}: what was read already stays to be committed
   * @return how many they are, those included that damage had cost already
   */
  long skip(Position from, Position to);

  /** Behind the last stretch that was given up; not before {@link #reading}. */
  Position behindGivenUp();

  /**
   * From the log's end on, events are not for this cursor, until {@link #closeGap}. Saved at once.
   */
  void openGap(String cause) throws IOException;

  /** Events count again from the log's end on. Does nothing without an open gap. Saved at once. */
  void closeGap() throws IOException;

  /** Whether a gap is open. */
  boolean isGapOpen();

  /** Events that damage or missing segments have cost this reader since the log was opened. */
  long damagedEvents();

  /** The encoding keys its integration has used, newest first; kept with the place. */
  List<Long> encodingKeys();

  /** Puts a key first among {@link #encodingKeys}; the oldest beyond eight are forgotten. */
  void useEncoding(long key);

  /** Bytes of the log that it keeps from being deleted, gaps not counted. */
  long lagBytes();

  /** Events between its place and the log's end, gaps not counted. */
  long lagEvents();

  /**
   * Epoch milliseconds at which the oldest record that it has not read was appended; 0 for none.
   */
  long oldestAppendedAt() throws IOException;

  /**
   * Notes the committed place so that a killed process goes on from here; cheap, and not synced:
   * after a power loss the place that was saved last counts.
   */
  void note() throws IOException;

  /** Saves the place, synced; otherwise it is saved once a second by the log, if it changed. */
  void save() throws IOException;
}
