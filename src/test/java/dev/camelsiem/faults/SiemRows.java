package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import java.util.List;

/** What a SIEM does: it dies, stalls, closes, dawdles. Beside it a healthy one goes on. */
final class SiemRows {
  /** Events in the 16 MiB that are sent again to a SIEM that confirms nothing. */
  private static final int MOST_OF_TAIL = (16 << 20) / 150;

  private SiemRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "1",
            "SIEM killed at random, back after 2 s",
            NOTHING,
            s -> killed(s, s.receiver("siem"), 0)),
        row(
            "2",
            "SIEM stalls 1 to 5 s, is killed, back after 2 s",
            NOTHING,
            s -> killed(s, s.receiver("siem"), 1)),
        row("2t", "the same over TLS", NOTHING, s -> killed(s, s.receiverOverTls("siem"), 1)),
        row("3", "SIEM stalls 5 s and goes on", NOTHING, SiemRows::stalled),
        row(
            "4",
            "SIEM closes in good order with unread data",
            NOTHING,
            s -> stopped(s, s.receiver("siem"))),
        fullRow("4t", "the same over TLS", NOTHING, s -> stopped(s, s.receiverOverTls("siem"))),
        row("5", "SIEM down, at full rate", NOTHING, SiemRows::down),
        row("6a", "one of three SIEMs down", NOTHING, SiemRows::oneOfThreeDown),
        row("6b", "one of three SIEMs reads 10 KB/s", NOTHING, SiemRows::oneOfThreeSlow),
        row("8a", "SIEM resets connections in the middle", NOTHING, SiemRows::resets),
        row("9", "SIEM accepts and closes at once", NOTHING, SiemRows::refuses),
        row("10", "SIEM never answers a half-close", NOTHING, SiemRows::deaf),
        row("10b", "such a SIEM stalls, is killed; so are we", NOTHING, SiemRows::deafAndKilled),
        row("11", "SIEM reads a byte a second", NOTHING, SiemRows::trickles));
  }

  private static void killed(Scene s, Receiver siem, int stall) throws Exception {
    s.receiver("other");
    s.begin(s.tailing());
    int events = s.of(20_000, 100_000);
    s.writing(events, s.of(5_000, 10_000));
    for (int point : Rows.points(s, events, s.of(2, 4))) {
      s.awaitWritten(point);
      if (stall > 0) {
        siem.pause();
        s.last(s.full ? 1 + 4 * s.random.nextDouble() : 1);
      }
      siem.kill();
      s.last(2);
      siem.start();
      s.fault(siem);
    }
  }

  private static void stalled(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    s.begin(s.tailing());
    s.writing(s.of(20_000, 100_000), s.of(3_000, 10_000));
    s.awaitWritten(s.of(3_000, 30_000));
    siem.pause();
    s.last(5);
    siem.proceed();
    s.fault();
  }

  private static void stopped(Scene s, Receiver siem) throws Exception {
    s.receiver("other");
    s.begin(s.tailing());
    int events = s.of(20_000, 100_000);
    s.writing(events, s.of(4_000, 10_000));
    for (int i = 1; i <= s.of(2, 4); i++) {
      s.awaitWritten(i * events / 5);
      siem.mode("stall");
      s.last(0.5);
      if (!siem.process().terminate()) {
        s.problem("the receiver did not end");
      }
      siem.mode("normal").start();
      s.fault(siem);
    }
  }

  private static void down(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    siem.kill();
    s.begin(s.tailing());
    s.write(s.of(20_000, 3_000_000), 5_000);
    siem.start();
    s.fault(siem);
  }

  private static void oneOfThreeDown(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    healthy(s);
    siem.kill();
    s.begin(s.tailing());
    s.write(s.of(20_000, 300_000), 5_000);
    siem.start();
    s.fault(siem);
  }

  private static void oneOfThreeSlow(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("slow 10000");
    healthy(s);
    s.begin(s.tailing());
    s.write(s.of(20_000, 300_000), 5_000);
    siem.mode("normal");
    s.fault(siem);
  }

  private static void healthy(Scene s) throws Exception {
    for (String name : List.of("other", "third")) {
      s.expect(s.receiver(name)).mostLag = s.full ? 2_000 : Long.MAX_VALUE;
    }
  }

  private static void resets(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    s.begin(s.tailing());
    int events = s.of(20_000, 100_000);
    s.writing(events, s.of(5_000, 10_000));
    for (int point : Rows.points(s, events, s.of(2, 6))) {
      s.awaitWritten(point);
      int before = siem.connections();
      siem.mode("reset 50000");
      s.awaitTrue("another connection", () -> siem.connections() > before || !s.isWriting());
      siem.mode("normal");
      for (int i = before; i <= siem.connections(); i++) {
        s.fault(siem);
      }
    }
  }

  private static void refuses(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("refuse");
    s.receiver("other");
    s.begin(s.tailing());
    s.writing(s.of(10_000, 60_000), s.of(2_000, 500));
    s.last(s.of(8, 60));
    int before = siem.connections();
    if (s.full) {
      s.last(60);
    }
    int attempts = siem.connections() - (s.full ? before : 0);
    s.note("%d attempts in %d s", attempts, s.of(8, 60));
    if (attempts > s.of(200, 60)) {
      s.problem("%d attempts: no pause grows between them", attempts);
    }
    siem.mode("normal");
    s.fault(siem);
  }

  private static void deaf(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("deaf");
    s.receiver("other");
    Worker worker = s.begin(s.tailing());
    s.patience(120);
    s.write(s.of(10_000, 100_000), s.of(5_000, 2_000));
    s.awaitSeen(siem, s.of(10_000, 100_000));
    s.fault();
    if (!worker.said().contains("did not answer a half-close")) {
      s.problem("it is not told that the SIEM does not answer");
    }
  }

  /** In short it is known beforehand, in full it is found out. */
  private static void deafAndKilled(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("deaf");
    s.receiver("other");
    if (!s.full) {
      s.settings(siem, "delivery: {confirm: NONE}");
    }
    Worker worker = s.begin(s.tailing());
    if (s.full) {
      s.awaitTrue("it is told", () -> worker.said().contains("did not answer a half-close"));
    }
    int events = s.of(20_000, 100_000);
    s.writing(events, s.of(5_000, 10_000));
    s.awaitWritten(events / 4);
    siem.pause();
    s.last(1);
    siem.kill();
    s.last(2);
    siem.start();
    s.fault(siem);
    s.awaitWritten(events / 2);
    worker.process().kill();
    worker.start();
    s.faultForAll();
    s.expect(siem).mayRepeat = 2 * MOST_OF_TAIL;
  }

  private static void trickles(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("slow 1");
    s.receiver("other");
    Worker worker = s.begin(s.tailing());
    s.write(2_000, 2_000);
    int before = worker.process().status("Threads");
    s.writing(s.of(20_000, 100_000), s.of(5_000, 1_000));
    s.last(s.of(8, 120));
    int after = worker.process().status("Threads");
    s.note("threads %d, then %d", before, after);
    if (after > before + 8) {
      s.problem("threads grew from %d to %d", before, after);
    }
    siem.mode("normal");
    s.fault(siem);
  }
}
