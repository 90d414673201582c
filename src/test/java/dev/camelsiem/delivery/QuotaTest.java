package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.delivery.log.Position;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quota and the backlog it bounds, without a router. */
class QuotaTest {
  private static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 64 << 10, 64 << 10, 1 << 20);

  @TempDir Path folder;

  private final LaneCounters counters = new LaneCounters();
  private EventLog log;
  private Cursor cursor;
  private Reserves reserves;
  private Backlog backlog;

  @BeforeEach
  void open() throws Exception {
    log = EventLog.open(folder.resolve("log"), SMALL);
    cursor = log.cursor("a");
    reserves = new Reserves(folder, SMALL);
    backlog = new Backlog(cursor, null, lane(WhenFull.DROP_OLDEST));
  }

  @AfterEach
  void close() throws Exception {
    reserves.close();
    log.close();
  }

  @Test
  void whatItsSenderReadsMeanwhileIsNotGivenUpToo() throws Exception {
    Quota quota = quota(WhenFull.DROP_OLDEST, new ReentrantLock());
    AgeMarks ages = new AgeMarks(log.end().sequence());
    List<Integer> sent = new ArrayList<>();
    AtomicBoolean ends = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                Parcel parcel = backlog.next(Duration.ZERO);
                while (parcel != null || !ends.get()) {
                  if (parcel != null) {
                    sent.addAll(Batches.numbers(parcel.lines()));
                    parcel.from().commit(parcel.end());
                  }
                  parcel = backlog.next(Duration.ofMillis(1));
                }
              } catch (Exception | AssertionError e) {
                failures.add(e);
              }
            });
    int next = 0;
    while (backlog.bytes() < 2 * QUOTA) {
      log.append(List.of(Batches.entry(next, next + 5, 400, Batches.ADMINISTRATION)));
      next += 5;
    }
    quota.enforce(ages);
    sender.start();
    for (int round = 0; round < 400; round++) {
      for (int i = 0; i < 20; i++) {
        log.append(
            List.of(
                Batches.entry(
                    next, next + 5, 400, i % 2 == 0 ? Batches.ADMINISTRATION : Batches.RUNTIME)));
        next += 5;
      }
      quota.enforce(ages);
    }
    ends.set(true);
    sender.join();
    assertThat(failures).isEmpty();
    assertThat(counters.dropped()).isNotEmpty();
    assertThat(new HashSet<>(sent)).hasSameSizeAs(sent);
    long dropped = counters.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(sent.size() + dropped).isEqualTo(next);
  }

  @Test
  void whatCannotBeKeptAsideIsGivenUpAndDoesNotFillTheDisk() throws Exception {
    Files.createFile(folder.resolve("kept")); // where the folder would be
    Quota quota = quota(WhenFull.DROP_OLDEST, new ReentrantLock());
    for (int i = 0; i < 100; i++) {
      log.append(
          List.of(
              Batches.entry(
                  i * 20,
                  i * 20 + 20,
                  400,
                  i % 2 == 0 ? Batches.ADMINISTRATION : Batches.RUNTIME)));
    }
    quota.enforce(new AgeMarks(log.end().sequence()));
    assertThat(backlog.bytes()).isLessThanOrEqualTo(QUOTA);
    assertThat(counters.dropped()).containsOnlyKeys(Quota.UNKEPT);
    assertThat(counters.dropped().get(Quota.UNKEPT) + backlog.events()).isEqualTo(2_000);
  }

  @Test
  void whatDamageHasCostIsCountedWhenItIsGivenUpWithTheRest() throws Exception {
    for (int i = 0; i < 100; i++) {
      log.append(List.of(Batches.entry(i * 20, i * 20 + 20, 400, Batches.ADMINISTRATION)));
    }
    Path second;
    try (var files = Files.list(folder.resolve("log"))) {
      second = files.filter(f -> f.toString().endsWith(".log")).sorted().skip(1).findFirst().get();
    }
    Files.delete(second);
    quota(WhenFull.DROP_OLDEST, new ReentrantLock()).enforce(new AgeMarks(log.end().sequence()));
    assertThat(counters.dropped()).containsOnlyKeys(Quota.OLDEST, "damaged");
    long dropped = counters.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(dropped + backlog.events()).isEqualTo(2_000);
  }

  @Test
  void anOldRecordGoesWithoutThoseThatAreFresh() throws Exception {
    log.append(List.of(Batches.entry(0, 20)));
    AgeMarks ages = new AgeMarks(log.end().sequence());
    for (int i = 1; i <= 30; i++) {
      log.append(List.of(Batches.entry(i * 20, i * 20 + 20)));
    }
    Quota quota = quota(WhenFull.DROP_OLDEST, new ReentrantLock());
    quota.use(Batches.lane("a", QUOTA, Duration.ofNanos(1), WhenFull.DROP_OLDEST));
    quota.enforce(ages);
    assertThat(counters.dropped()).containsExactly(entry(Quota.OLDEST, 20L));
    assertThat(backlog.events()).isEqualTo(600);
  }

  @Test
  void aByteTooMuchCostsARecord() throws Exception {
    for (int i = 0; i < 60; i++) {
      log.append(
          List.of(
              Batches.entry(
                  i * 20, i * 20 + 20, 40, i < 30 ? Batches.RUNTIME : Batches.ADMINISTRATION)));
    }
    Quota quota = quota(WhenFull.DROP_OLDEST, new ReentrantLock());
    enforceAByteLess(quota);
    assertThat(counters.dropped()).containsExactly(entry(Quota.RUNTIME, 20L));
    Position reading = cursor.reading();
    assertThat(cursor.skip(reading, log.end())).isEqualTo(59 * 20);
    for (int i = 0; i < 30; i++) {
      log.append(List.of(Batches.entry(i * 20, i * 20 + 20, 40, Batches.ADMINISTRATION)));
    }
    enforceAByteLess(quota);
    assertThat(counters.dropped()).containsEntry(Quota.OLDEST, 20L);
  }

  @Test
  void whatIsInNoEncodingThatIsKnownIsGivenUpAndNotFiltered() throws Exception {
    log.append(List.of(Batches.entry(0, 20)));
    log.append(List.of(Batches.entry(20, 40)));
    LaneSettings lane = lane(WhenFull.DETACH);
    for (long key = 1; key <= 7; key++) {
      backlog.prepare(new LaneSettings(lane.integration(), key, lane.filter()));
    }
    assertThat(backlog.next(Duration.ZERO).lines()).hasSize(20);
    backlog.rewind();
    backlog.prepare(new LaneSettings(lane.integration(), 8, lane.filter()));
    Parcel parcel = backlog.next(Duration.ZERO);
    assertThat(parcel.forgotten()).isEqualTo(20);
    InFlight inFlight = new InFlight(counters);
    inFlight.addEmpty(parcel.sent(0));
    assertThat(inFlight.commit(0)).isZero();
    quota(WhenFull.DETACH, new ReentrantLock()).enforce(new AgeMarks(log.end().sequence()));
    assertThat(counters.dropped()).containsExactly(entry(LaneCounters.FORGOTTEN, 20L));
    Quota old = quota(WhenFull.DROP_OLDEST, new ReentrantLock());
    old.use(Batches.lane("a", QUOTA, Duration.ofNanos(1), WhenFull.DROP_OLDEST));
    old.enforce(new AgeMarks(log.end().sequence()));
    assertThat(counters.dropped()).containsExactly(entry(LaneCounters.FORGOTTEN, 40L));
    assertThat(counters.filtered.sum()).isZero();
    assertThat(backlog.events()).isZero();
  }

  private void enforceAByteLess(Quota quota) throws Exception {
    quota.use(Batches.lane("a", backlog.bytes() - 1, WhenFull.DROP_OLDEST));
    quota.enforce(new AgeMarks(log.end().sequence()));
  }

  @Test
  void whatIsInFlightIsNotOld() throws Exception {
    fill();
    AgeMarks ages = new AgeMarks(log.end().sequence());
    assertThat(ages.ageOf(cursor)).isPositive();
    while (cursor.next(Duration.ZERO) != null) {
      // read, and not committed
    }
    assertThat(cursor.lagEvents()).isPositive();
    assertThat(ages.ageOf(cursor)).isZero();
  }

  @Test
  void aPlaceInAnOpenGapDoesNotGrowOld() throws Exception {
    cursor.openGap(Quota.NEWEST);
    log.append(List.of(Batches.entry(0, 20)));
    AgeMarks ages = new AgeMarks(log.end().sequence());
    assertThat(cursor.lagEvents()).isZero();
    assertThat(ages.ageOf(cursor)).isZero();
  }

  @Test
  void whoIsDisabledWhileTheQuotaIsLookedAtKeepsItsGap() throws Exception {
    Quota[] own = new Quota[1];
    own[0] =
        quota(
            WhenFull.DROP_NEWEST,
            meanwhile(
                () -> {
                  own[0].park(true);
                  cursor.openGap(Lane.DISABLED);
                }));
    fill();
    own[0].enforce(new AgeMarks(log.end().sequence()));
    assertThat(cursor.isGapOpen()).isTrue();
  }

  @Test
  void whoIsEnabledWhileTheQuotaIsLookedAtGetsNoGap() throws Exception {
    Quota quota = quota(WhenFull.DROP_NEWEST, meanwhile(cursor::closeGap));
    cursor.openGap(Quota.NEWEST);
    quota.enforce(new AgeMarks(log.end().sequence()));
    assertThat(cursor.isGapOpen()).isFalse();
  }

  private static final long QUOTA = 100 << 10;

  private static LaneSettings lane(WhenFull whenFull) {
    return Batches.lane("a", QUOTA, whenFull);
  }

  private Quota quota(WhenFull whenFull, ReentrantLock settingsLock) {
    Quota quota = new Quota(lane(whenFull), backlog, counters, reserves, settingsLock);
    quota.park(false);
    return quota;
  }

  private void fill() throws Exception {
    while (backlog.bytes() < QUOTA) {
      log.append(List.of(Batches.entry(0, 20, 400, Batches.ADMINISTRATION)));
    }
  }

  /** What another thread does just before the lock is taken. */
  private interface Change {
    void make() throws Exception;
  }

  private static ReentrantLock meanwhile(Change change) {
    return new ReentrantLock() {
      @Override
      public void lock() {
        try {
          change.make();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        super.lock();
      }
    };
  }
}
