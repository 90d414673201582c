package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<List<RawEvent>> batches = new CopyOnWriteArrayList<>();
  private final List<DeadLetter> rejected = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile CountDownLatch gateOfLetters = new CountDownLatch(0);
  private volatile CountDownLatch gateOfTheSecond = new CountDownLatch(0);

  @AfterEach
  void end() {
    executor.shutdownNow();
    context.stop();
  }

  private BatchQueue queue(int batchSize, long batchBytes, long timeoutMillis) {
    SyslogLimits limits =
        new SyslogLimits(1000, batchSize, batchBytes, timeoutMillis, 10, 10, 1 << 20, 0);
    BatchQueue.Outlet outlet =
        new BatchQueue.Outlet() {
          @Override
          public void batch(List<RawEvent> events) {
            batches.add(events);
            if (batches.size() == 1 && gate.getCount() > 0) {
              pass(gate);
            }
            if (batches.size() == 2) {
              pass(gateOfTheSecond);
            }
          }

          @Override
          public void rejected(List<DeadLetter> letters) {
            pass(gateOfLetters);
            rejected.addAll(letters);
          }
        };
    InflightMark mark = new InflightMark(context, "route", () -> new DefaultExchange(context));
    return new BatchQueue(limits, 2, executor, System::nanoTime, outlet, mark);
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Events that came before the clock was set back look as if they came tomorrow. */
  @Test
  void aClockThatIsSetChangesNothing() {
    BatchQueue queue = queue(10, 1 << 20, 50);
    for (long step : List.of(DAY, -DAY, 0L)) {
      int before = batches.size();
      gate.countDown();
      queue.add(events(3, 10, System.currentTimeMillis() + step), List.of());
      await().until(() -> batches.size() == before + 1);
      assertThat(batches.get(before)).hasSize(3);
    }
  }

  @Test
  void aBatchEndsAtItsBytesToo() {
    BatchQueue queue = queue(1000, 1000, 50);
    gate.countDown();
    queue.add(events(50, 100, 0), List.of());
    await().until(() -> batches.stream().mapToInt(List::size).sum() == 50);
    assertThat(batches).hasSize(5).allSatisfy(batch -> assertThat(batch).hasSize(10));
  }

  /** Small events that keep large arrays are large. */
  @Test
  void theQueueCountsWhatIsReallyHeld() {
    BatchQueue queue = queue(1000, 10_000, 5_000);
    Paused reader = new Paused();
    queue.add(events(1, 10, 0), List.of());
    queue.flush();
    await().until(() -> batches.size() == 1); // and stays in the outlet
    byte[] array = new byte[15_000];
    queue.add(List.of(new RawEvent(array, 0, 5, "a", 1, 0)), List.of());
    assertThat(queue.mustWait(reader, 0)).isFalse();
    assertThat(queue.heldBytes()).isGreaterThan(15_000);
    assertThat(reader.paused).isZero();
    queue.add(List.of(new RawEvent(new byte[5_000], 0, 5, "a", 2, 0)), List.of());
    assertThat(queue.mustWait(reader, 0)).isTrue();
    assertThat(reader.paused).isEqualTo(1);
    gate.countDown();
    await().until(() -> reader.resumed.get() == 1 && queue.heldBytes() == 0);
  }

  /** Connections that must give way cannot wait, so their letters may be any number. */
  @Test
  void lettersBeyondTheLimitAreOneForEachReasonWhateverTheAddress() {
    long limit = 1 << 20;
    List<StopReason> reasons = List.of(StopReason.MALFORMED, StopReason.TOO_LARGE);
    BatchQueue queue = queue(10_000, limit, 50);
    queue.add(events(1, 10, 0), List.of());
    await().until(() -> batches.size() == 1); // and stays in the outlet
    for (int i = 0; i < 3_000; i++) {
      RawEvent event =
          new RawEvent(new byte[8192], 0, 8192, "tcp://10.0.0." + i % 250 + ":1", i, 0);
      DeadLetter letter = new DeadLetter(event, reasons.get(i % 2), "given up", "syslog-source");
      queue.add(List.of(), List.of(letter));
      assertThat(queue.heldBytes()).isLessThan(2 * 2 * limit + 3 * 8_400);
    }
    gate.countDown();
    await().until(() -> rejected.stream().mapToInt(DeadLetter::count).sum() == 3_000);
    for (StopReason reason : reasons) {
      List<DeadLetter> same =
          rejected.stream().filter(letter -> letter.reason() == reason).toList();
      assertThat(same.stream().mapToInt(DeadLetter::count).sum()).isEqualTo(1_500);
      DeadLetter last = same.get(same.size() - 1);
      assertThat(last.event().length()).isEqualTo(8192);
      assertThat(last.cut())
          .isEqualTo(new DeadLetter.Cut(8192L * last.count() + last.count() - 1, null));
    }
  }

  /** However long it takes to keep what strangers have sent. */
  @Test
  void eventsDoNotWaitForTheDeadLettersBesideThem() {
    gateOfLetters = new CountDownLatch(1);
    BatchQueue queue = queue(10, 1 << 20, 50);
    queue.add(events(10, 10, 0), List.of());
    await().until(() -> batches.size() == 1); // and stays in the outlet
    RawEvent event = new RawEvent(new byte[9], 0, 9, "tcp://10.0.0.1:1", 1, 0);
    DeadLetter letter = new DeadLetter(event, StopReason.MALFORMED, "bad", "syslog-source");
    queue.add(events(7, 10, 0), List.of(letter));
    queue.flush();
    gate.countDown();
    await().until(() -> batches.size() == 2);
    assertThat(batches.get(1)).hasSize(7);
    assertThat(rejected).isEmpty();
    gateOfLetters.countDown();
    await().until(() -> rejected.equals(List.of(letter)));
  }

  /** Turns are for a queue that has a batch: else the route would idle while senders wait. */
  @Test
  void nobodyWaitsForTheTurnsOfOthersWhileLessThanABatchWaits() {
    gateOfTheSecond = new CountDownLatch(1);
    BatchQueue queue = queue(10, 1 << 20, 50);
    queue.add(events(10, 10, 0), List.of());
    await().until(() -> batches.size() == 1); // and stays in the outlet
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RawEvent event = new RawEvent(new byte[9], 0, 9, "tcp://10.0.0." + i + ":1", i, 0);
      letters.add(new DeadLetter(event, StopReason.MALFORMED, "bad", "syslog-source"));
    }
    queue.add(events(15, 10, 0), letters);
    Paused one = new Paused();
    Paused other = new Paused();
    assertThat(queue.mustWait(one, 0)).isTrue();
    assertThat(queue.mustWait(other, 0)).isTrue();

    gate.countDown();
    await().until(() -> batches.size() == 2 && one.resumed.get() + other.resumed.get() == 2);
    assertThat(queue.share()).as("two go on together").isEqualTo(5);
    assertThat(queue.mustWait(new Paused(), 0)).as("5 events wait").isFalse();
    queue.add(events(5, 10, 0), List.of());
    assertThat(queue.mustWait(new Paused(), 0)).as("a batch waits").isTrue();
    gateOfTheSecond.countDown();
    await().until(() -> batches.stream().mapToInt(List::size).sum() == 30);
  }

  /** Else those that come would take the room of those that wait, as long as any come. */
  @Test
  void whoComesWhileOthersWaitGetsInLine() {
    BatchQueue queue = queue(10, 1 << 20, 50);
    queue.add(events(10, 10, 0), List.of());
    await().until(() -> batches.size() == 1); // and stays in the outlet
    queue.add(events(20, 10, 0), List.of());
    List<Paused> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(new Paused());
      assertThat(queue.mustWait(waiting.get(i), 0)).isTrue();
    }
    gateOfTheSecond = new CountDownLatch(1);
    gate.countDown();
    await().until(() -> batches.size() == 2 && queue.waitingReaders() == 100 - 64);
    assertThat(queue.isFull()).isTrue();
    Paused late = new Paused();
    assertThat(queue.mustWait(late, 0)).as("not full, but others wait").isTrue();
    for (Paused each : waiting) {
      queue.over(each, false);
    }
    assertThat(late.resumed.get()).isEqualTo(1);
    queue.over(late, false);
    assertThat(queue.waitingReaders()).isZero();
    assertThat(queue.isFull()).isFalse();
    gateOfTheSecond.countDown();
    await().until(() -> queue.heldBytes() == 0);
    assertThat(queue.share()).isEqualTo(BatchQueue.MOST_EVENTS);
  }

  @Test
  void manyWhoWaitGoOnInTheirOrderAndNobodyIsForgotten() {
    BatchQueue queue = queue(2, 1 << 20, 50);
    List<Integer> order = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 500; i++) {
      int number = i;
      queue.add(events(1, 10, 0), List.of());
      queue.mustWait(
          new Paused() {
            @Override
            public void resume(int share) {
              order.add(number);
              executor.execute(() -> queue.over(this, false));
            }
          },
          0);
    }
    gate.countDown();
    await().until(() -> batches.stream().mapToInt(List::size).sum() == 500);
    await().until(() -> order.size() >= 490);
    assertThat(order).isSorted().doesNotHaveDuplicates();
  }

  private static List<RawEvent> events(int count, int bytes, long receivedAt) {
    List<RawEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(new RawEvent(new byte[bytes], 0, bytes, "tcp://a:1", i, receivedAt));
    }
    return events;
  }

  private static class Paused implements BatchQueue.Reader {
    private int paused;
    private final AtomicLong resumed = new AtomicLong();

    @Override
    public InetAddress sender() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public boolean usedUp() {
      return true; // it always has more
    }

    @Override
    public boolean hasGiven() {
      return true;
    }

    @Override
    public void pause() {
      paused++;
    }

    @Override
    public void resume(int share) {
      resumed.incrementAndGet();
    }
  }
}
