package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cursor and its place. Nothing is read and nothing waits under its lock. */
final class LogCursor implements Cursor {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final String name;
  private final LogState log;
  private final Cursors cursors;
  private final LogReader reader;
  private final OldestRecord oldest;
  private CursorState state;
  private Position reading;
  private long jumps;

  /** Numbers before it were counted as damaged where they had to be. */
  private long counted;

  private long damaged;

  LogCursor(String name, LogState log, Cursors cursors, CursorState state) {
    this.name = name;
    this.log = log;
    this.cursors = cursors;
    this.reader = new LogReader(log);
    this.oldest = new OldestRecord(log);
    this.state = state;
    this.reading = state.committed();
    this.counted = state.committed().sequence();
  }

  String name() {
    return name;
  }

  synchronized CursorState state() {
    return state;
  }

  @Override
  public synchronized Position committed() {
    return state.committed();
  }

  @Override
  public @Nullable LogBatch next(Duration wait) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos();
    try {
      while (!log.isClosed()) {
        Position from;
        long jump;
        synchronized (this) {
          stepOverGap();
          from = reading;
          jump = jumps;
        }
        if (from.sequence() < log.end().sequence()) {
          LogRecord batch = readAt(from, jump);
          if (batch != null) {
            return batch;
          }
          continue;
        }
        reader.close();
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return null;
        }
        log.awaitBehind(from.sequence(), left);
      }
      reader.close();
      return null;
    } catch (ClosedByInterruptException e) {
      reader.close();
      throw LogState.interrupted(e);
    }
  }

  @Override
  public void await(Duration wait) throws InterruptedException {
    log.awaitBehind(reading().sequence(), wait.toNanos());
  }

  /** The record at a place; null when reading has to go on elsewhere. */
  private @Nullable LogRecord readAt(Position from, long jump)
      throws IOException, InterruptedException {
    LogRecord batch = log.cached(from.sequence());
    Position at = from;
    if (batch == null) {
      LogReader.Step step =
          log.convoy().read(this, from.sequence(), () -> reader.read(from, log.end()));
      batch = step.batch();
      at = step.at();
    } else {
      reader.close();
    }
    log.convoy().arrived(this, batch == null ? at.sequence() : batch.end().sequence());
    synchronized (this) {
      if (jump != jumps || state.gapAt(from.sequence()) != null) {
        return null; // moved meanwhile, or not for this reader
      }
      if (batch != null && at.sequence() <= from.sequence()) {
        reading = batch.end();
        return batch;
      }
      Gap gap = state.gapWithin(from.sequence(), at.sequence());
      reading = gap == null ? at : gap.from();
      countDamage(from.sequence(), reading.sequence());
      return null;
    }
  }

  private void stepOverGap() {
    Position beyond = state.beyondGaps(reading);
    reading = beyond == null ? log.end() : beyond;
  }

  private void countDamage(long from, long to) {
    long fresh = to - Math.max(from, counted);
    if (fresh > 0) {
      damaged += fresh;
      counted = to;
    }
  }

  @Override
  public synchronized Position reading() {
    stepOverGap();
    return reading;
  }

  @Override
  public @Nullable LogBatch read(Position from) throws IOException {
    Position at = state().beyondGaps(from);
    return at == null ? null : log.readBeside(at);
  }

  @Override
  public long skip(Position from, Position to) {
    long events;
    synchronized (this) {
      events = state.wanted(from.sequence(), to.sequence(), (start, end) -> end - start);
      state = state.skip(from, to);
      follow();
      stepOverGap();
    }
    cursors.passedSegment();
    return events;
  }

  @Override
  public synchronized Position behindGivenUp() {
    stepOverGap();
    return state.behindGivenUp(reading);
  }

  @Override
  public synchronized long damagedEvents() {
    return damaged;
  }

  @Override
  public synchronized void rewind() {
    reading = state.committed();
    jumps++;
  }

  @Override
  public void commit(Position position) {
    synchronized (this) {
      Position before = state.committed();
      state = state.commit(position);
      follow();
      if (before.segment() == state.committed().segment()) {
        return;
      }
    }
    cursors.passedSegment();
  }

  /** The committed place is never ahead of the reading. */
  private void follow() {
    if (reading.sequence() < state.committed().sequence()) {
      stepOverGap();
    }
    if (reading.sequence() < state.committed().sequence()) {
      reading = state.committed();
      jumps++;
    }
  }

  @Override
  public void openGap(String cause) throws IOException {
    synchronized (this) {
      if (state.openGap() != null) {
        return;
      }
      state = state.openGap(log.end(), cause);
    }
    saveOr(CursorState::withoutOpenGap);
  }

  /** Saves; if that fails, takes the last step back, and nothing that others did meanwhile. */
  private void saveOr(UnaryOperator<CursorState> undo) throws IOException {
    boolean saved = false;
    try {
      save();
      saved = true;
    } finally {
      if (!saved) {
        synchronized (this) {
          state = undo.apply(state);
        }
      }
    }
  }

  @Override
  public void closeGap() throws IOException {
    Gap open;
    synchronized (this) {
      CursorState before = state;
      open = before.openGap();
      state = before.closeGap(log.end());
      if (open == null || state.equals(before)) {
        return;
      }
      follow(); // the reading may stand where the gap was
    }
    saveOr(now -> now.reopen(open));
  }

  @Override
  public synchronized boolean isGapOpen() {
    return state.openGap() != null;
  }

  @Override
  public synchronized List<Long> encodingKeys() {
    return state.keys();
  }

  @Override
  public synchronized void useEncoding(long key) {
    state = state.useEncoding(key);
  }

  @Override
  public long lagBytes() {
    CursorState now = state();
    Position end = log.end();
    if (!now.wants(now.committed().sequence(), end.sequence())) {
      return 0;
    }
    return now.bytes(log.segments(), end);
  }

  @Override
  public long lagEvents() {
    CursorState now = state();
    return now.wanted(now.committed().sequence(), log.end().sequence(), (from, to) -> to - from);
  }

  @Override
  public long oldestAppendedAt() throws IOException {
    Position place = reading();
    return place.sequence() >= log.end().sequence() ? 0 : oldest.appendedAt(place);
  }

  @Override
  public void note() throws IOException {
    cursors.note(this);
  }

  @Override
  public void save() throws IOException {
    cursors.save(this);
  }
}
