package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The large events of some fill the queue by their bytes before a share of 500 is used up, and the
 * route takes its time for each batch. Turns are counted: nothing here takes time.
 */
class TurnsGoOnTest {
  private static final int STRANGERS = 150;

  /** Large events: in a batch, in a full queue, in one that holds as much again. */
  private static final int BATCH = 5;

  private static final int FULL = 8;
  private static final int TWICE = 15;

  private final Turns turns = new Turns(500);
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private long now;
  private int events;

  /** Not for ever, however long the route takes: its address has one turn after that of another. */
  @ParameterizedTest
  @CsvSource({"10, 1", "1100, 1", "1100, 4"})
  void whoComesLateHasItsTurn(long millisPerBatch, int readsPerEvent) {
    for (int i = 0; i < STRANGERS; i++) {
      loop.add(new Stranger(readsPerEvent)::read);
    }
    pass(millisPerBatch, 50);
    Honest honest = new Honest();
    turns.await(honest, false);
    int batches = 0;
    while (!honest.called && batches < 1_000) {
      pass(millisPerBatch, 1);
      batches++;
    }
    assertThat(batches).isLessThan(STRANGERS);
  }

  private boolean isFull() {
    return events >= FULL;
  }

  /** What can be done is done before the route has taken the next batch. */
  private void pass(long millisPerBatch, int batches) {
    for (int i = 0; i < batches; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(millisPerBatch);
      events = Math.max(0, events - BATCH);
      turns.goOn(this::isFull);
      while (!loop.isEmpty()) {
        now += TimeUnit.MICROSECONDS.toNanos(20);
        loop.remove().run();
      }
    }
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Honest implements BatchQueue.Reader {
    private boolean called;

    @Override
    public InetAddress sender() {
      return address(2);
    }

    @Override
    public boolean usedUp() {
      return false;
    }

    @Override
    public boolean hasGiven() {
      return false;
    }

    @Override
    public void pause() {}

    @Override
    public void resume(int share) {
      called = true;
    }
  }

  /** As {@link SyslogStream} does, of one address, and it always has more. */
  private final class Stranger implements BatchQueue.Reader {
    private final int readsPerEvent;
    private final Turn turn = new Turn(() -> now);
    private int inHand;
    private boolean uncut;
    private boolean paused;

    Stranger(int readsPerEvent) {
      this.readsPerEvent = readsPerEvent;
    }

    void read() {
      uncut = true;
      cut();
      readOn();
    }

    private void readOn() {
      if (!paused) {
        loop.add(this::read);
      }
    }

    private void cut() {
      if (uncut && !mustWait()) {
        uncut = false;
        boolean isEvent = ++inHand % readsPerEvent == 0;
        events += isEvent ? 1 : 0;
        turn.gave(isEvent ? 1 : 0);
      }
      if (!paused && turn.left() == 0) {
        mustWait();
      }
    }

    private boolean mustWait() {
      int left = turn.left();
      if (!paused && (left > 0 ? events >= TWICE : isFull() || turns.anyWait())) {
        pause();
        turns.await(this, left > 0);
      }
      return paused;
    }

    @Override
    public InetAddress sender() {
      return address(1);
    }

    @Override
    public boolean usedUp() {
      return turn.usedUp();
    }

    @Override
    public boolean hasGiven() {
      return turn.hasGiven();
    }

    @Override
    public void pause() {
      paused = true;
      turn.await();
    }

    @Override
    public void resume(int share) {
      loop.add(
          () -> {
            int before = events;
            paused = false;
            turn.begin(share);
            cut();
            readOn();
            turns.over(this, events > before);
            turns.goOn(TurnsGoOnTest.this::isFull);
          });
    }
  }
}
