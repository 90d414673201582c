package dev.camelsiem.edge.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches in parts, on several threads. */
@Tag("camel")
class BatchWorkersTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<RawEvent> batch = events(1_000, 1 << 10);

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void partsAreCutByBytesAndLeaveNothingOut() {
    List<RawEvent> uneven = new ArrayList<>(events(100, 1 << 10));
    uneven.addAll(50, events(1, 200 << 10));
    List<List<RawEvent>> parts = BatchWorkers.parts(uneven, 4, false);
    assertThat(parts).hasSizeBetween(3, 16);
    assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(uneven);
    assertThat(parts).noneMatch(List::isEmpty);
  }

  @Test
  void littleIsNotCutNorIsAnythingForOneWorker() {
    assertThat(BatchWorkers.parts(events(10, 100), 4, false)).hasSize(1);
    assertThat(BatchWorkers.parts(List.of(), 4, false)).containsExactly(List.of());
    assertThat(BatchWorkers.parts(batch, 1, false)).containsExactly(batch);
  }

  @Test
  void theElementsOfAnEventMayHaveToStayTogether() {
    byte[] array = new byte[1 << 20];
    List<RawEvent> elements = new ArrayList<>();
    for (int i = 0; i < 1 << 10; i++) {
      elements.add(new RawEvent(array, i << 10, (i + 1) << 10, "o", i < 512 ? 1 : 2, 0, 7, i));
    }
    assertThat(BatchWorkers.parts(elements, 4, true)).hasSize(2);
    assertThat(BatchWorkers.parts(elements, 4, false)).hasSizeGreaterThan(8);
  }

  @Test
  void severalThreadsAreAtWorkAndTheResultsAreInOrder() {
    assertThat(helper()).isNotNull();
    List<List<RawEvent>> results = BatchWorkers.inParts(context, batch, 2, false, part -> part);
    assertThat(results.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
  }

  @Test
  void whatAPartThrowsIsThrownWhenNoneIsUnderWay() {
    Set<List<RawEvent>> done = ConcurrentHashMap.newKeySet();
    assertThatThrownBy(
            () ->
                BatchWorkers.inParts(
                    context,
                    batch,
                    4,
                    false,
                    part -> {
                      if (part.contains(batch.get(999))) {
                        throw new StackOverflowError("of a part");
                      }
                      done.add(part);
                      return part;
                    }))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("of a part");
    int parts = BatchWorkers.parts(batch, 4, false).size();
    assertThat(done).hasSize(parts - 1);
    assertThat(BatchWorkers.inParts(context, batch, 4, false, part -> part)).hasSize(parts);
  }

  @Test
  void workMayForkAgain() {
    List<Integer> sizes =
        BatchWorkers.inParts(
            context,
            batch,
            4,
            false,
            part ->
                BatchWorkers.inParts(context, batch, 4, false, List::size).stream()
                    .mapToInt(Integer::intValue)
                    .sum());
    assertThat(sizes).isNotEmpty().containsOnly(1_000);
  }

  @Test
  void aPoolThatStopsAmidABatchStopsNoBatch() {
    List<List<RawEvent>> results =
        BatchWorkers.inParts(
            context,
            batch,
            4,
            false,
            part -> {
              context.stop();
              return part;
            });
    assertThat(results.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
    List<List<RawEvent>> later = BatchWorkers.inParts(context, batch, 4, false, part -> part);
    assertThat(later.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
  }

  @Test
  void whoIsInterruptedWaitsForThePartsAndStaysInterrupted() {
    Thread caller = Thread.currentThread();
    CountDownLatch helped = new CountDownLatch(1);
    caller.interrupt();
    List<List<RawEvent>> results =
        BatchWorkers.inParts(
            context,
            batch,
            2,
            false,
            part -> {
              boolean helps = Thread.currentThread() != caller;
              if (helps) {
                helped.countDown();
              }
              while (helps ? caller.getState() != Thread.State.WAITING : helped.getCount() > 0) {
                Thread.onSpinWait(); // the caller waits for the part of the other
              }
              return part;
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
  }

  @Test
  void threadsEndWithTheContextAndComeAgainWithIt() throws InterruptedException {
    Thread first = helper();
    context.stop();
    first.join();
    context.start();
    assertThat(helper()).isNotSameAs(first);
  }

  /** Whoever does a part beside this thread. */
  private Thread helper() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    BatchWorkers.inParts(
        context,
        batch,
        2,
        false,
        part -> {
          if (threads.add(Thread.currentThread())) {
            both.countDown();
            await(both); // for ever, if one did all
          }
          return part;
        });
    assertThat(threads).hasSize(2).contains(Thread.currentThread());
    threads.remove(Thread.currentThread());
    return threads.iterator().next();
  }

  @Test
  void whereNoThreadCanBeMadeNobodyHelps() {
    AtomicInteger asked = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              asked.incrementAndGet();
              throw new OutOfMemoryError("unable to create native thread");
            });
    BatchWorkers.help(pool, () -> {}, 3);
    assertThat(asked).hasValue(1);
    assertThat(pool.getPoolSize()).isZero();
    pool.shutdown();
  }

  @Test
  void aNumberOfWorkersIsChecked() {
    assertThat(BatchWorkers.count(0)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(BatchWorkers.count(3)).isEqualTo(3);
    assertThatThrownBy(() -> BatchWorkers.count(-1)).hasMessageContaining("option workers");
    assertThatThrownBy(() -> BatchWorkers.count(257)).hasMessageContaining("found `257`");
  }

  private static List<RawEvent> events(int count, int bytes) {
    List<RawEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(RawEvent.of("x".repeat(bytes), "test", i));
    }
    return events;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
