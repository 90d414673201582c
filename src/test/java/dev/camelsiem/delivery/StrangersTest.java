package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier process has left for an integration that is gone: in the log and kept aside. */
class StrangersTest {
  private static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 64 << 10, 64 << 10, 1 << 20);

  @TempDir Path folder;

  @BeforeEach
  void leave() throws Exception {
    try (EventLog log = EventLog.open(folder.resolve("log"), SMALL);
        Reserves reserves = new Reserves(folder, SMALL)) {
      Cursor unused = log.cursor("gone");
      reserves
          .of("gone")
          .keep(List.of(Batches.entry(0, 20).lines().get(Batches.KEY)), Batches.KEY, 0);
      log.append(List.of(Batches.entry(20, 25)));
    }
  }

  @Test
  void whatIsWithinTheQuotaStays() throws Exception {
    assertLeft(Long.MAX_VALUE, Duration.ofDays(3), 20, 5);
  }

  @Test
  void whatIsOldGoes() throws Exception {
    assertLeft(Long.MAX_VALUE, Duration.ofNanos(1), 0, 0);
  }

  @Test
  void whatIsKeptAsideGoesFirstWhenTheQuotaIsUsedUp() throws Exception {
    long bytes;
    try (EventLog log = EventLog.open(folder.resolve("log"), SMALL)) {
      bytes = log.cursor("gone").lagBytes();
    }
    assertLeft(bytes, Duration.ofDays(3), 0, 5);
    assertLeft(bytes - 1, Duration.ofDays(3), 0, 0);
  }

  @Test
  void aReserveThatCannotBeOpenedDisturbsNobody() throws Exception {
    try (EventLog other =
            EventLog.open(folder.resolve("kept").resolve(DurableFiles.safeName("gone")), SMALL);
        EventLog log = EventLog.open(folder.resolve("log"), SMALL);
        Reserves reserves = new Reserves(folder, SMALL)) {
      new Strangers(log, reserves).look(Set.of(), new AgeMarks(log.end().sequence()));
      assertThat(other.cursor("sender").lagEvents()).isEqualTo(20);
      assertThat(log.cursor("gone").isGapOpen()).isTrue();
    }
  }

  private void assertLeft(long quotaBytes, Duration quotaAge, long kept, long inLog)
      throws Exception {
    DeliverySettings standard = DeliverySettings.DEFAULT;
    DeliverySettings quota =
        new DeliverySettings(
            standard.confirm(),
            standard.confirmTimeout(),
            quotaBytes,
            quotaAge,
            WhenFull.DROP_OLDEST);
    try (EventLog log = EventLog.open(folder.resolve("log"), SMALL);
        Reserves reserves = new Reserves(folder, SMALL)) {
      new Strangers(log, reserves, quota).look(Set.of(), new AgeMarks(log.end().sequence()));
      assertThat(reserves.of("gone").cursor().lagEvents()).isEqualTo(kept);
      assertThat(log.cursor("gone").lagEvents()).isEqualTo(inLog);
    }
  }
}
