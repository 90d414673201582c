package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.testing.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A log against a model of it, while the power goes at any write, sync, rename or delete, the disk
 * fills up and syncs fail.
 */
class PowerLossTest {
  private static final List<String> READERS = List.of("fast", "slow");

  /** What is done next; the number says how much, or where. */
  record Action(Kind kind, int number) {}

  enum Kind {
    APPEND,
    APPEND_MANY,
    READ,
    COMMIT,
    REWIND,
    SAVE,
    KEEP_HOUSE,
    REOPEN,
    CRASH,
    POWER_GOES_SOON,
    DISK_FULL,
    DISK_FREE,
    SYNC_FAILS,
    SYNC_WORKS
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    return net.jqwik.api.Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 40))
        .as(Action::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  @Property(tries = 150)
  void whatWasAcknowledgedIsReadInOrderOnce(
      @ForAll("actions") List<Action> actions, @ForAll long seed) throws Exception {
    Path home = Files.createTempDirectory("power");
    try (Model model = new Model(home, seed)) {
      for (Action each : actions) {
        model.play(each);
      }
      model.crash();
      model.check();
    } finally {
      try (var files = Files.walk(home)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** The log and what it must hold. */
  private static final class Model implements AutoCloseable {
    private final Path home;
    private final Random random;
    private final Map<String, Long> committed = new LinkedHashMap<>();
    private final Map<String, Long> reading = new LinkedHashMap<>();
    private final Map<Long, String> acknowledged = new LinkedHashMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private int generation;
    private int texts;
    private int inFlight;
    private CrashDisk disk;
    private EventLog log;

    Model(Path home, long seed) throws IOException {
      this.home = home;
      this.random = new Random(seed);
      open();
      for (String each : READERS) {
        log.cursor(each);
        committed.put(each, 1L);
        reading.put(each, 1L);
      }
    }

    private void open() throws IOException {
      Path folder = home.resolve("g" + generation);
      disk = new CrashDisk(folder);
      log = EventLog.open(folder, Entries.uncached(6000), disk, false);
    }

    void play(Action action) throws Exception {
      if (disk.isOff()) {
        crash();
      }
      int number = action.number();
      String reader = READERS.get(number % 2);
      switch (action.kind()) {
        case APPEND -> append(1, number * 100);
        case APPEND_MANY -> append(3, number * 20);
        case READ -> read(reader, number / 4, false);
        case COMMIT -> read(reader, number / 4, true);
        case REWIND -> {
          log.cursor(reader).rewind();
          reading.put(reader, log.cursor(reader).committed().sequence());
        }
        case SAVE -> failing(() -> log.cursor(reader).save());
        case KEEP_HOUSE -> log.keepHouse();
        case REOPEN -> reopen();
        case CRASH -> crash();
        case POWER_GOES_SOON -> disk.powerLeft = 1L + number;
        case DISK_FULL -> disk.room = number * 200L;
        case DISK_FREE -> disk.room = Long.MAX_VALUE;
        case SYNC_FAILS -> disk.failForce = true;
        case SYNC_WORKS -> disk.failForce = false;
      }
    }

    interface Act {
      void run() throws Exception;
    }

    private static void failing(Act act) throws Exception {
      try {
        act.run();
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank(); // the disk was made to fail
      }
    }

    private void append(int records, int size) throws InterruptedException {
      List<LogEntry> entries = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        String line = "n" + texts++ + "-" + Noise.text(texts, size);
        lines.add(line);
        entries.add(Entries.entry(line));
      }
      long before = log.end().sequence();
      try {
        log.append(entries);
        for (int i = 0; i < records; i++) {
          acknowledged.put(before + i, lines.get(i));
        }
      } catch (IOException e) {
        doubtful.addAll(lines);
        assertThat(log.end().sequence()).isEqualTo(before);
        inFlight += records;
      }
    }

    private void read(String name, int most, boolean commit) throws Exception {
      Cursor cursor = log.cursor(name);
      for (int i = 0; i <= most; i++) {
        LogBatch batch = cursor.next(Duration.ZERO);
        if (batch == null) {
          assertThat(missing(reading.get(name), log.end().sequence())).isEmpty();
          reading.put(name, log.end().sequence());
          return;
        }
        see(name, batch);
        if (commit) {
          cursor.commit(batch.end());
          committed.put(name, batch.end().sequence());
        }
      }
    }

    private void see(String name, LogBatch batch) {
      long at = batch.start().sequence();
      assertThat(at).isGreaterThanOrEqualTo(reading.get(name));
      assertThat(missing(reading.get(name), at)).isEmpty();
      String text = Entries.texts(batch).get(0);
      String wanted = acknowledged.get(at);
      if (wanted == null) {
        assertThat(doubtful).contains(text);
        acknowledged.put(at, text); // a reader has it: from now on it must stay
      } else {
        assertThat(text).isEqualTo(wanted);
      }
      reading.put(name, batch.end().sequence());
    }

    private List<Long> missing(long from, long to) {
      return acknowledged.keySet().stream().filter(n -> n >= from && n < to).toList();
    }

    private void reopen() throws Exception {
      disk.powerLeft = Long.MAX_VALUE;
      disk.room = Long.MAX_VALUE;
      disk.failForce = false;
      log.close();
      log = EventLog.open(home.resolve("g" + generation), Entries.uncached(6000), disk, false);
      afterOpen(false);
    }

    void crash() throws Exception {
      disk.crashTo(home.resolve("g" + (generation + 1)), random);
      disk.powerLeft = 0;
      failing(log::close);
      generation++;
      open();
      afterOpen(true);
    }

    private void afterOpen(boolean crashed) throws IOException {
      for (String each : READERS) {
        long place = log.cursor(each).committed().sequence();
        if (crashed) {
          assertThat(place).isLessThanOrEqualTo(committed.get(each));
        } else {
          assertThat(place).isEqualTo(committed.get(each));
        }
        committed.put(each, place);
        reading.put(each, place);
      }
      assertThat(log.status().damagedEvents()).isLessThanOrEqualTo(crashed ? inFlight : 0);
      inFlight = 0;
    }

    void check() throws Exception {
      for (String each : READERS) {
        read(each, Integer.MAX_VALUE - 1, true);
        assertThat(missing(reading.get(each), Long.MAX_VALUE)).isEmpty();
      }
      long end = log.end().sequence();
      append(1, 10);
      assertThat(acknowledged).containsKey(end);
      read("fast", 1, true);
      read("slow", 1, true);
      log.keepHouse();
      assertThat(log.status().segments()).isEqualTo(1);
    }

    @Override
    public void close() throws IOException {
      log.close();
    }
  }
}
