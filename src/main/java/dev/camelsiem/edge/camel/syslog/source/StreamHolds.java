package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.syslog.FrameReader;

/**
 * What one connection holds, told to those who count it for all: half events and TLS records to the
 * budget, complete events that wait as bytes to the listener, and to Camel that something is on its
 * way. Guarded by the connection.
 */
final class StreamHolds {
  private final SyslogListening listening;
  private final FrameReader frames;
  private final UnfinishedBudget.Holding holding;
  private final UnfinishedBudget.Holding records;
  private boolean inflight;

  /** Nothing of what it holds is known to be complete. */
  private boolean half;

  /** What complete events hold that wait for the queue, as it was told to all. */
  private long waiting;

  StreamHolds(SyslogListening listening, FrameReader frames, UnfinishedBudget.Holder holder) {
    this.listening = listening;
    this.frames = frames;
    holding = listening.unfinished().open(holder);
    records = listening.unfinished().open(holder);
  }

  /** For what is held of its TLS records. */
  UnfinishedBudget.Holding records() {
    return records;
  }

  /**
   * What came with one read is cut at once, so only a frame that is already long is a question. Is
   * told to give way when that is too much; what it was going to take it takes even then.
   */
  void before(int count) {
    if (!frames.hasUncut() && frames.heldBytes() > listening.unfinished().smallBytes()) {
      boolean unused = holding.hold(frames.heldBytesWith(count));
    }
  }

  /**
   * What is known to be half an event is in the budget, also while its rest waits to be cut.
   *
   * @param tried whether it was tried to cut what had come
   */
  void note(boolean tried) {
    noteInflight(frames.isInsideFrame());
    boolean uncut = frames.hasUncut();
    half = uncut ? half && !tried : frames.isInsideFrame();
    long held = frames.heldBytes();
    boolean waits = uncut && !half;
    noteWaiting(waits ? held : 0);
    boolean unused = holding.hold(waits ? 0 : held);
  }

  /** It holds nothing any more. */
  void release() {
    noteWaiting(0);
    holding.close();
    records.close();
    noteInflight(false);
  }

  private void noteWaiting(long bytes) {
    listening.waits(bytes - waiting);
    waiting = bytes;
  }

  private void noteInflight(boolean inside) {
    if (inside != inflight) {
      inflight = inside;
      if (inside) {
        listening.inflight().begin();
      } else {
        listening.inflight().end();
      }
    }
  }
}
