package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lane's place tells after a kill, and after damage. */
class PlacesTest {
  private static final int WINDOW = 500;
  private static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 64 << 10, 64 << 10, 1 << 20);

  @TempDir Path folder;

  @Test
  void aKillRepeatsNoMoreThanTwoWindows() throws Exception {
    List<Integer> readUntilThen = new ArrayList<>();
    ScriptedSiem[] siem = new ScriptedSiem[1];
    siem[0] =
        new ScriptedSiem(
            WINDOW,
            call -> {
              if (call == 90) { // what a kill leaves at this moment
                readUntilThen.addAll(Batches.numbers(siem[0].received()));
                copy(folder.resolve("data"), folder.resolve("killed"));
              }
              return false;
            });
    siem[0].hang();
    try (DeliveryRouter router = DeliveryRouter.open(folder.resolve("data"), SMALL, siem[0])) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      for (int i = 0; i < 6_000; i += 50) {
        router.append(List.of(Batches.entry(i, i + 50)), () -> true);
      }
      siem[0].goOn();
      await().until(() -> siem[0].received().size() == 6_000);
    }
    assertThat(readUntilThen).hasSizeGreaterThan(3 * WINDOW);
    try (EventLog log = EventLog.open(folder.resolve("killed/log"), SMALL)) {
      long repeated = readUntilThen.size() + 1 - log.cursor("a").committed().sequence();
      assertThat(repeated).isBetween(0L, 2L * WINDOW);
    }
  }

  @Test
  void damageAtTheEndIsPassedAndCountedOnce() throws Exception {
    ScriptedSiem hangs = new ScriptedSiem(100, call -> false);
    hangs.hang();
    try (DeliveryRouter router = DeliveryRouter.open(folder, SMALL, hangs)) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      router.append(List.of(Batches.entry(0, 50)), () -> true);
      router.append(List.of(Batches.entry(50, 80)), () -> true);
    }
    Path segment;
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      segment = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 10);
    }
    ScriptedSiem well = new ScriptedSiem(100, call -> false);
    try (DeliveryRouter router = DeliveryRouter.open(folder, SMALL, well)) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      await().untilAsserted(() -> assertThat(router.status().get(0).pending()).isZero());
      assertThat(router.status().get(0).confirmed()).isEqualTo(50);
      assertThat(router.status().get(0).dropped()).isEqualTo(Map.of("damaged", 30L));
      router.apply(List.of(), () -> {});
      router.apply(List.of(Batches.lane("a")), () -> {});
      router.append(List.of(Batches.entry(80, 90)), () -> true);
      await().untilAsserted(() -> assertThat(router.status().get(0).confirmed()).isEqualTo(60));
      assertThat(router.status().get(0).dropped()).isEqualTo(Map.of("damaged", 30L));
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.sorted(Comparator.naturalOrder()).toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (!each.toString().endsWith(".tmp")) {
          Files.copy(each, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
