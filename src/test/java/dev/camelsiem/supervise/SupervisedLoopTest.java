package dev.camelsiem.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedLoopTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void anythingThatEscapesIsCountedAndTheWorkGoesOn() {
    Throwable[] thrown = {
      new OutOfMemoryError("for a test"),
      new StackOverflowError(),
      new NoClassDefFoundError("for a test"),
      new IllegalStateException("for a test"),
      new Exception("for a test")
    };
    SupervisedLoop loop =
        new SupervisedLoop(
            "test-escapes",
            () -> {
              int call = calls.getAndIncrement();
              if (call < thrown.length) {
                throwAny(thrown[call]);
              }
            },
            QUICK);
    loop.run();

    assertThat(calls).hasValue(thrown.length + 1);
    assertThat(Supervision.failures("test-escapes")).isEqualTo(thrown.length);
    assertThat(Supervision.failures()).containsEntry("test-escapes", (long) thrown.length);
  }

  @Test
  void workThatIsDoneIsNotBegunAgain() throws Exception {
    SupervisedLoop loop = SupervisedLoop.start("test-done", calls::incrementAndGet);
    assertThat(loop.join(LONG)).isTrue();
    assertThat(calls).hasValue(1);
    assertThat(Supervision.failures("test-done")).isZero();
  }

  @Test
  void stopInterruptsTheWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SupervisedLoop loop =
        SupervisedLoop.start(
            "test-stop",
            () -> {
              begun.countDown();
              new CountDownLatch(1).await();
            });
    begun.await();
    loop.stop();
    assertThat(loop.join(LONG)).isTrue();
    assertThat(Supervision.failures("test-stop")).isZero();
  }

  @Test
  void stopEndsThePauseToo() throws Exception {
    Backoff hours = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    SupervisedLoop loop =
        new SupervisedLoop(
            "test-pause",
            () -> {
              throw new IllegalStateException("for a test");
            },
            hours);
    Thread thread = new Thread(loop);
    thread.start();
    await().atMost(LONG).until(() -> Supervision.failures("test-pause") == 1);
    loop.stop();
    thread.join(LONG.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void aRepeatedTaskIsRepeatedWhateverItThrows() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    try {
      Runnable task =
          Supervision.task(
              "test-task",
              () -> {
                calls.incrementAndGet();
                throw new StackOverflowError();
              });
      var unused = executor.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
      await().atMost(LONG).until(() -> calls.get() > 3);
      assertThat(Supervision.failures("test-task")).isPositive();
    } finally {
      executor.shutdownNow();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAny(Throwable failure) throws T {
    throw (T) failure;
  }
}
