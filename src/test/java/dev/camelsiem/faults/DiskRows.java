package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What happens to the disk below us: no room, no power, damage. */
final class DiskRows {
  /** Events of a batch, which may be one record of the log. */
  private static final int BATCH = 500;

  /** In what was said, that something of the log is gone. */
  private static final Pattern SAID =
      Pattern.compile("(?i)damag|quarantin|missing|corrupt|\\blost\\b|torn|gap");

  private DiskRows() {}

  static List<Row> rows() {
    return List.of(
        row("14a", "power loss, file source, SIEM down", Disk.NEEDS, s -> power(s, false, true)),
        row("14b", "power loss, HTTP source, SIEM down", Disk.NEEDS, s -> power(s, true, true)),
        fullRow("14c", "power loss, file source, SIEM up", Disk.NEEDS, s -> power(s, false, false)),
        row("16", "disk full, one SIEM down, one healthy", Disk.NEEDS, DiskRows::diskFull),
        row("18a", "log: a bit flipped", NOTHING, s -> damaged(s, DiskRows::flip)),
        fullRow("18b", "log: its end cut off", NOTHING, s -> damaged(s, DiskRows::cutEnd)),
        row("18c", "log: a segment removed", NOTHING, s -> damaged(s, DiskRows::remove)),
        fullRow("18d", "log: a segment emptied", NOTHING, s -> damaged(s, DiskRows::empty)),
        row("18e", "log: a segment cut at a record's border", NOTHING, DiskRows::cutAtBorder),
        row(
            "18f",
            "log: a folder where a segment was",
            NOTHING,
            s -> damaged(s, DiskRows::folder)));
  }

  private static final int RATE = 2_000;

  private static void power(Scene s, boolean http, boolean down) throws Exception {
    Receiver siem = s.receiver("siem");
    Disk disk = s.closing(Disk.ext4(s.folder, 512));
    Worker worker = (http ? s.listening() : s.tailing()).state(disk.path().resolve("state"));
    s.begin(worker);
    if (down) {
      siem.kill();
    }
    int losses = s.of(1, 20);
    // Places are synced once a second: what was confirmed since may come again.
    s.expect(siem).mayRepeat = down ? 0 : losses * (RATE + BATCH);
    s.writing(losses * 10_000, RATE);
    for (int i = 0; i < losses; i++) {
      s.last(0.5 + 2 * s.random.nextDouble());
      worker.process().signal("STOP");
      disk.powerOff();
      worker.process().kill();
      disk.powerOn();
      worker.start();
      s.faultForAll();
    }
    if (down) {
      s.joinWriting();
      siem.start();
    }
    s.fault(siem);
  }

  private static void diskFull(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    Disk disk = s.closing(Disk.small(s.folder, 64));
    Worker worker = s.begin(s.tailing().state(disk.path().resolve("state")));
    siem.kill();
    s.writing(s.of(20_000, 60_000), s.of(3_000, 1_500));
    s.awaitWritten(s.of(5_000, 5_000));
    disk.fill();
    s.last(s.of(4, 30));
    if (!worker.process().alive()) {
      s.problem("the worker ended while the disk was full");
    }
    for (Path file : Damage.files(worker.state())) {
      if (Damage.size(file) == 0 && file.endsWith("checkpoint")) {
        s.problem("%s is empty", file);
      }
    }
    disk.free();
    s.joinWriting();
    siem.start();
    s.fault(siem);
  }

  /** Harms one of the files that hold events; returns how many events that may cost. */
  interface Harm {
    int to(List<Path> segments, int events) throws Exception;
  }

  private static int flip(List<Path> segments, int events) throws Exception {
    Path middle = segments.get(segments.size() / 2);
    Damage.flip(middle, Damage.used(middle) / 2);
    return 2 * BATCH;
  }

  private static int cutEnd(List<Path> segments, int events) throws Exception {
    Path last = segments.get(segments.size() - 1);
    Damage.cut(last, Damage.used(last) - 1_000);
    return 2 * BATCH;
  }

  private static int remove(List<Path> segments, int events) throws Exception {
    Path middle = segments.get((segments.size() - 1) / 2);
    int share = share(segments, middle, events);
    Files.delete(middle);
    return share;
  }

  private static int empty(List<Path> segments, int events) throws Exception {
    Path middle = segments.get((segments.size() - 1) / 2);
    int share = share(segments, middle, events);
    Damage.cut(middle, 0);
    return share;
  }

  private static int folder(List<Path> segments, int events) throws Exception {
    Path middle = segments.get((segments.size() - 1) / 2);
    int share = share(segments, middle, events);
    Damage.folder(middle);
    return share;
  }

  /** As many events as a file holds by its size, and a batch at each end. */
  private static int share(List<Path> segments, Path file, int events) throws Exception {
    long total = 0;
    for (Path each : segments) {
      total += Damage.used(each);
    }
    return (int) (events * Damage.used(file) / total) + 2 * BATCH;
  }

  /** Enough events, while their SIEM is down, that the log has several segments. */
  private static Worker filled(Scene s, Receiver siem) throws Exception {
    s.padding(900);
    Worker worker = s.begin(s.tailing());
    siem.kill();
    fill(s, worker);
    return worker;
  }

  private static void fill(Scene s, Worker worker) throws Exception {
    s.write(s.of(32_000, 64_000), 10_000);
    steady(s, worker);
  }

  /** Waits until all that was written has gone through: the files grow no more. */
  private static void steady(Scene s, Worker worker) {
    List<Long> sizes = new ArrayList<>();
    s.awaitTrue(
        "the files grow no more",
        () -> {
          sizes.add(Damage.total(worker.state()));
          int n = sizes.size();
          return n > 30 && sizes.get(n - 1).equals(sizes.get(n - 30)) && sizes.get(n - 1) > SMALL;
        });
  }

  private static final long SMALL = 1 << 20;

  private static void damaged(Scene s, Harm harm) throws Exception {
    Receiver siem = s.receiver("siem");
    Worker worker = filled(s, siem);
    worker.process().kill();
    List<Path> segments = Damage.segments(worker.state());
    s.note("segments %s", segments.stream().map(Damage::size).toList());
    s.expect(siem).mayLose = harm.to(segments, s.written());
    again(s, worker, siem);
  }

  /** Cuts a segment to the length it had when it was steady earlier: no torn record is left. */
  private static void cutAtBorder(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Worker worker = filled(s, siem);
    List<Path> before = Damage.segments(worker.state());
    Path segment = before.get(before.size() - 1);
    long border = Damage.used(segment);
    int events = s.written();
    fill(s, worker);
    worker.process().kill();
    s.note("cut from %d to %d", Damage.size(segment), border);
    Damage.cut(segment, border);
    s.expect(siem).mayLose = s.written() - events;
    again(s, worker, siem);
  }

  private static void again(Scene s, Worker worker, Receiver siem) throws Exception {
    worker.start();
    siem.start();
    s.fault(siem);
    s.patience(20);
    s.awaitFresh();
    s.awaitQuiet();
    if (s.expect(siem).lost(s.written()) > 0 && !SAID.matcher(worker.process().said()).find()) {
      s.problem("lost %d and did not say so", s.expect(siem).lost(s.written()));
    }
  }
}
