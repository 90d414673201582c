package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.syslog.FrameReader;
import dev.camelsiem.supervise.Supervision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TCP or TLS connection: bytes to frames, frames to the queue.
 *
 * <p>While the queue is full, nothing more is read and nothing more is cut: what has come waits as
 * bytes until the connection gets its turn, also when it ends meanwhile; it keeps its place so
 * long. What it holds of an event that is not complete is in the budget of all connections. When it
 * is told to give way, that becomes a dead letter and the connection is closed, but what is
 * complete goes on. Only the orderly end of the sender makes an event of half a line.
 *
 * <p>All runs on the thread of the connection. Only when that is gone do others take its place, so
 * whatever touches the frames is synchronized. Whoever holds the queue's lock must not wait for
 * that.
 */
final class SyslogStream implements BatchQueue.Reader {
  private final SyslogListening listening;
  private final BatchQueue queue;
  private final StreamSocket socket;
  private final Slots.Slot place;
  private final String origin;
  private final FrameSink sink;
  private final FrameReader frames;
  private final StreamHolds holds;
  private final Turn turn = new Turn(System::nanoTime);

  // Guarded by this.
  private boolean begun;
  private boolean reading;

  /** The last read took as much as it could. */
  private boolean mayBeMore;

  private boolean paused;
  private boolean orderly;
  private boolean inactive;
  private boolean finished;
  private @Nullable WhyGivenUp givenUp;

  SyslogStream(SyslogListening listening, Channel channel, Slots.Slot place) {
    this.listening = listening;
    this.queue = listening.queue();
    this.socket = new StreamSocket(channel);
    this.place = place;
    origin = listening.origin(channel.remoteAddress());
    int maxFrame = listening.limits().maxFrameBytes();
    sink = new FrameSink(maxFrame);
    frames = new FrameReader(listening.framing(), maxFrame, sink);
    holds = new StreamHolds(listening, frames, this::giveWay);
  }

  String origin() {
    return origin;
  }

  /** For what is held of its TLS records. */
  UnfinishedBudget.Holding records() {
    return holds.records();
  }

  synchronized void begin() {
    if (!finished) {
      begun = true;
      listening.opened(socket.channel());
    }
  }

  /** How many bytes the next read may take. */
  synchronized int mostOfRead() {
    if (turn.left() == 0 && queue.isFull()) {
      return ReadSizes.LEAST;
    }
    return listening.isBehind() ? ReadSizes.SMALL : ReadSizes.LARGEST;
  }

  /** Takes all of what was read; releases nothing. */
  synchronized void read(ByteBuf buffer) {
    reading = true;
    if (finished) {
      return; // is being closed, and that was said
    }
    int count = buffer.readableBytes();
    mayBeMore = !buffer.isWritable();
    holds.before(count);
    byte[] room = frames.room(count);
    buffer.readBytes(room, frames.position(), count);
    frames.append(count);
    cut();
  }

  /** One read of TLS may be several of ours: only now all of it is taken. */
  synchronized void readComplete() {
    if (reading) {
      reading = false;
      if (!mayBeMore) {
        turn.end(); // else it lasts: how much Netty reads at a time grows read by read
      }
      if (!finished) {
        boolean unused = waitsForTurn();
      }
    }
    if (givenUp != null) {
      abandon();
    }
  }

  /** As much as the queue takes; the rest when the queue says so. */
  private void cut() {
    boolean good = true;
    boolean tried = false;
    long before = sink.found();
    while (good && frames.hasUncut() && !waitsForTurn()) {
      tried = true;
      long had = sink.found();
      sink.begin(origin, System.currentTimeMillis());
      sink.most(turn.left() > 0 ? turn.left() : queue.share());
      good = frames.cut();
      sink.passOn(queue);
      turn.gave(sink.found() - had);
    }
    if (sink.found() > before) {
      place.touch();
    }
    if (!good) {
      listening.connections().brokenStream(origin);
      socket.close();
    }
    holds.note(tried);
    if (!finished && turn.left() == 0 && !inactive) {
      boolean unused = waitsForTurn();
    }
  }

  private boolean waitsForTurn() {
    return paused || queue.mustWait(this, turn.left());
  }

  // --- the end --------------------------------------------------------------------------------

  /**
   * The sender has said that nothing more comes: whatever happens now, that was its end. It may
   * wait for our answer with TCP open; closing gives it.
   */
  synchronized void saidGoodbye() {
    orderly = givenUp == null;
    socket.close();
  }

  /** The connection is over; what it gave may still wait for its turn. */
  synchronized void ended() {
    inactive = true;
    finishInTurn();
  }

  /** Its channel was closed: one that never became active is not told of its end. */
  synchronized void closed() {
    if (!begun) {
      finish();
    }
  }

  /** The thread of the connection is gone: nobody else calls any more, nor is a turn kept. */
  synchronized void orphaned() {
    endsFor(WhyGivenUp.THREAD);
    inactive = true;
    tellOver(turn.answer(), false);
    if (!finished && paused && !queue.mustWait(this, 0)) {
      goOn(queue.share());
    } else {
      finishInTurn();
    }
    holds.records().close(); // also when it had finished before
  }

  /** Ends it; half an event is none then, unless the sender had come to its end before. */
  synchronized void end(WhyGivenUp why) {
    endsFor(why);
    if (!reading) {
      abandon();
    }
    socket.close();
  }

  /** The sender does not read what TLS answers. */
  void readsNothing() {
    listening.connections().readsNothing(origin);
    end(WhyGivenUp.UNREAD);
  }

  /** Whatever closes it from our side: the end is not the sender's. */
  synchronized void endsFor(WhyGivenUp why) {
    if (!orderly && !inactive && givenUp == null) {
      givenUp = why;
    }
  }

  /** On the thread of whoever needs room, perhaps within a read of this connection. */
  private void giveWay(long bytes) {
    listening.connections().gaveWay(origin, bytes);
    socket.onLoop(() -> mustGo(WhyGivenUp.BYTES));
  }

  /** On the thread of whoever needs the place. */
  void losePlace() {
    listening.connections().lostPlace(origin);
    socket.onLoop(() -> mustGo(WhyGivenUp.PLACE));
  }

  /** Even when it has ended: what has no line end and waits for its turn is half an event. */
  private synchronized void mustGo(WhyGivenUp why) {
    givenUp = givenUp == null ? why : givenUp;
    if (!reading) {
      abandon();
    }
  }

  /** What is complete and waits for the queue is still passed on, when there is room. */
  private void abandon() {
    if (!finished) {
      socket.setReading(false);
      finishInTurn();
      socket.close();
    }
  }

  /** Now when it has nothing to give or a dead letter at most, else when it has its turn. */
  private void finishInTurn() {
    boolean mayNow = !frames.isInsideFrame() || (givenUp != null && !frames.hasUncut());
    if (!finished && (mayNow || !waitsForTurn())) {
      finish();
    }
  }

  /** Nothing more comes: the rest is cut and passed on. */
  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    try {
      sink.begin(origin, System.currentTimeMillis());
      if (givenUp == null) {
        frames.end();
      } else {
        sink.givesUp(givenUp);
        frames.giveUp();
      }
      sink.passOn(queue);
    } finally {
      leave();
    }
  }

  /** Also when there was no memory for what was left. */
  private void leave() {
    try {
      holds.release();
      place.close();
    } finally {
      try {
        listening.closed(socket.channel(), this); // no turn is begun any more
      } finally {
        tellOver(turn.answer(), false); // one that was begun before is not lost
      }
    }
  }

  // --- turns ----------------------------------------------------------------------------------

  @Override
  public InetAddress sender() {
    return place.sender();
  }

  @Override
  public boolean usedUp() {
    return turn.usedUp();
  }

  /** By whoever asks the queue, and so holds the lock of this. */
  @Override
  public boolean hasGiven() {
    return turn.hasGiven();
  }

  /** As {@link #hasGiven}. */
  @Override
  public void pause() {
    if (!paused) {
      paused = true;
      turn.await();
      place.work();
      socket.setReading(false);
    }
  }

  /** Under the queue's lock. */
  @Override
  public void resume(int share) {
    turn.call();
    boolean handed = false;
    try {
      socket.execute(() -> goOn(share));
      handed = true;
    } finally {
      if (!handed) {
        boolean unused = turn.answer(); // the queue takes it back itself
      }
    }
  }

  /** Nobody else hears of what is thrown here. */
  private synchronized void goOn(int share) {
    boolean mustTell = turn.answer();
    long before = sink.found();
    try {
      takeTurn(share);
    } catch (Throwable failure) {
      Supervision.failed("siem-syslog-source", failure, origin + " is closed");
      end(WhyGivenUp.BROKEN_OFF);
      if (inactive) {
        finish();
      }
    } finally {
      tellOver(mustTell, sink.found() > before);
    }
  }

  private void tellOver(boolean mustTell, boolean gave) {
    if (mustTell) {
      queue.over(this, gave);
    }
  }

  private void takeTurn(int share) {
    if (paused) {
      paused = false;
      place.done();
    }
    if (finished) {
      return;
    }
    turn.begin(share);
    cut();
    if (inactive || givenUp != null) {
      finishInTurn();
    } else if (!paused) {
      socket.setReading(true);
    }
  }
}
