package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.syslog.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP or TLS connection: bytes to frames, frames to the queue.
 *
 * <p>When the queue pauses it, nothing more is read and nothing more is cut: what has come waits as
 * bytes, and a connection that ends meanwhile keeps its place until then. What it holds of an event
 * that is not complete is in the budget of all connections. When it is told to give way, that
 * becomes a dead letter and the connection is closed, but what is complete goes on.
 *
 * <p>All runs on the thread of the connection. Only when that is gone do others take its place, so
 * whatever touches the frames is synchronized. Whoever holds the queue's lock must not wait for
 * that.
 */
final class SyslogStream implements BatchQueue.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogStream.class);

  private final SyslogListening listening;
  private final Channel channel;
  private final Slots.Slot place;
  private final String origin;
  private final FrameSink sink;
  private final FrameReader frames;
  private final UnfinishedBudget.Holding holding;
  private final UnfinishedBudget.Holding records;

  // Guarded by this.
  private boolean begun;
  private boolean reading;
  private boolean insideFrame;
  private boolean paused;
  private boolean inactive;
  private boolean finished;
  private @Nullable WhyGivenUp gaveWay;

  /** What complete events hold that wait for the queue, as it was told to all. */
  private long waiting;

  SyslogStream(SyslogListening listening, Channel channel, Slots.Slot place) {
    this.listening = listening;
    this.channel = channel;
    this.place = place;
    origin = listening.origin(channel.remoteAddress());
    int maxFrame = listening.limits().maxFrameBytes();
    sink = new FrameSink(maxFrame);
    frames = new FrameReader(listening.framing(), maxFrame, sink);
    holding = listening.unfinished().open(this::giveWay);
    records = listening.unfinished().open(this::giveWay);
  }

  String origin() {
    return origin;
  }

  /** For what is held of its TLS records. */
  UnfinishedBudget.Holding records() {
    return records;
  }

  synchronized void begin() {
    if (!finished) {
      begun = true;
      listening.opened(channel);
    }
  }

  /** Takes all of what was read; releases nothing. */
  synchronized void read(ByteBuf buffer) {
    reading = true;
    if (finished) {
      return; // is being closed, and that was said
    }
    int count = buffer.readableBytes();
    // What came with one read is cut at once: only a frame that is already long is a question.
    if (!frames.hasUncut() && frames.heldBytes() > listening.unfinished().smallBytes()) {
      hold(frames.heldBytesWith(count));
    }
    byte[] room = frames.room(count);
    buffer.readBytes(room, frames.position(), count);
    frames.append(count);
    cut();
  }

  /** One read of TLS may be several of ours: only now all of it is taken. */
  synchronized void readComplete() {
    reading = false;
    if (gaveWay != null) {
      abandon();
    }
  }

  /** As much as the queue takes; the rest when the queue says so. */
  private void cut() {
    boolean good = true;
    long before = sink.found();
    while (good && frames.hasUncut() && !paused) {
      sink.begin(origin, System.currentTimeMillis());
      good = frames.cut();
      sink.passOn(listening.queue(), this);
    }
    if (sink.found() > before) {
      place.touch();
    }
    noteFrameState();
    if (!good) {
      listening.connections().brokenStream(origin);
      close();
    }
    noteWaiting(frames.hasUncut() ? frames.heldBytes() : 0);
    hold(frames.hasUncut() ? 0 : frames.heldBytes());
  }

  /** Is told to give way when that is too much; what it was going to take it takes even then. */
  private void hold(long bytes) {
    boolean unused = holding.hold(bytes);
  }

  private void noteWaiting(long bytes) {
    listening.waits(bytes - waiting);
    waiting = bytes;
  }

  /** The connection is over; while it is paused, what it gave may still wait. */
  synchronized void ended() {
    inactive = true;
    if (!paused || !listening.isRunning()) {
      finish();
    }
  }

  /** Its channel was closed: one that never became active is not told of its end. */
  synchronized void closed() {
    if (!begun) {
      finish();
    }
  }

  /** The thread of the connection is gone: nobody else calls any more. */
  synchronized void orphaned() {
    inactive = true;
    finish();
    records.close(); // also when it had finished before
  }

  /** Nothing more comes: the rest is cut, and passed on even when the queue is full. */
  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    sink.begin(origin, System.currentTimeMillis());
    if (gaveWay == null) {
      frames.end();
    } else {
      sink.givesUp(gaveWay);
      frames.giveUp();
    }
    sink.passOn(listening.queue(), this);
    noteWaiting(0);
    holding.close();
    records.close();
    noteFrameState();
    listening.closed(channel, this);
    place.close();
  }

  /** On the thread of whoever needs room, perhaps within a read of this connection. */
  private void giveWay(long bytes) {
    listening.connections().gaveWay(origin, bytes);
    onLoop(() -> mustGo(WhyGivenUp.BYTES));
  }

  /** On the thread of whoever needs the place. */
  void losePlace() {
    listening.connections().lostPlace(origin);
    onLoop(() -> mustGo(WhyGivenUp.PLACE));
  }

  private synchronized void mustGo(WhyGivenUp why) {
    gaveWay = why;
    if (!reading) {
      abandon();
    }
  }

  /** What is complete and waits for the queue is still passed on, when there is room. */
  private void abandon() {
    if (finished) {
      return;
    }
    setReading(false);
    if (!frames.hasUncut()) {
      finish();
    }
    close();
  }

  /** By whoever adds to the queue, and so holds the lock of this. */
  @Override
  public void pause() {
    if (!paused) {
      paused = true;
      place.work();
      setReading(false);
    }
  }

  /** By the queue's thread, under its lock. */
  @Override
  public void resume() {
    execute(this::goOn);
  }

  private synchronized void goOn() {
    if (paused) {
      paused = false;
      place.done();
    }
    if (!finished) {
      cut();
    }
    if (!paused && (inactive || gaveWay != null)) {
      finish();
    } else if (!paused) {
      setReading(true);
    }
  }

  private void onLoop(Runnable work) {
    if (channel.eventLoop().inEventLoop()) {
      work.run();
    } else {
      execute(work);
    }
  }

  /** Later, on the loop; when that is gone, on a thread that holds no lock. */
  private void execute(Runnable work) {
    try {
      channel.eventLoop().execute(work);
    } catch (RejectedExecutionException e) {
      GlobalEventExecutor.INSTANCE.execute(work);
    }
  }

  private void setReading(boolean wanted) {
    try {
      channel.config().setAutoRead(wanted);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not read any more: its thread is gone", origin);
    }
  }

  void close() {
    ChannelFuture unused = channel.close(); // it is gone either way
  }

  private void noteFrameState() {
    if (frames.isInsideFrame() != insideFrame) {
      insideFrame = !insideFrame;
      if (insideFrame) {
        listening.inflight().begin();
      } else {
        listening.inflight().end();
      }
    }
  }
}
