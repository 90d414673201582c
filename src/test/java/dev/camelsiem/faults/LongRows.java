package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;

import java.util.ArrayList;
import java.util.List;

/** Full load: several faults, several kinds of SIEM, hours. */
final class LongRows {
  /** Minutes of the soak. */
  private static final int SOAK = Integer.getInteger("faults.soakMinutes", 120);

  private static final int EVENTS = 100_000;
  private static final int RATE = 10_000;

  private LongRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Receiver.Kind kind : Receiver.Kind.values()) {
      List<String> needs = needs(kind);
      String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      rows.add(
          fullRow(
              "F-" + name + "-1",
              name + " stalls 1 s and is killed, twice, 10,000/s",
              needs,
              s -> storm(s, kind, 2, 0)));
      rows.add(
          fullRow(
              "F-" + name + "-2",
              "we are killed ten times, " + name + ", 10,000/s",
              needs,
              s -> storm(s, kind, 0, 10)));
      rows.add(
          fullRow("F-" + name + "-3", "both at once, " + name, needs, s -> storm(s, kind, 2, 10)));
    }
    rows.add(
        fullRow(
            "Q",
            "one of three SIEMs never up, quota of 16 MiB, ten minutes at 5,000/s",
            NOTHING,
            LongRows::quota));
    rows.add(fullRow("40", "soak: SIEM or we killed every 20 s", NOTHING, LongRows::soak));
    return rows;
  }

  private static List<String> needs(Receiver.Kind kind) {
    return switch (kind) {
      case OURS -> NOTHING;
      case RSYSLOG -> List.of("rsyslog");
      case RELP -> List.of("relp");
      case SYSLOG_NG -> List.of("syslog-ng");
    };
  }

  /** Faults of the SIEM and of ours, each at times of its own. */
  private static void storm(Scene s, Receiver.Kind kind, int siems, int ours) throws Exception {
    Receiver siem = s.receiver("siem", kind).start();
    if (kind == Receiver.Kind.RELP) {
      s.settings(siem, "delivery: {confirm: RELP}");
    }
    Worker worker = s.begin(s.tailing());
    s.writing(EVENTS, RATE);
    int weAre = 0;
    for (int i = 1; i <= Math.max(siems, ours); i++) {
      if (i <= siems) {
        s.awaitWritten(i * EVENTS / 3);
        siem.pause();
        s.last(1);
        siem.kill();
        s.last(2);
        siem.start();
        s.fault(siem);
      }
      while (weAre < (siems == 0 ? ours : i * ours / siems) && weAre < ours) {
        s.last(s.random.nextDouble());
        worker.process().kill();
        s.faultForAll();
        worker.start();
        weAre++;
      }
    }
  }

  private static void quota(Scene s) throws Exception {
    Receiver dead = s.receiver("dead");
    for (String name : List.of("other", "third")) {
      s.expect(s.receiver(name)).mostLag = 2_000;
    }
    s.settings(dead, "delivery: {quotaMegabytes: 16}");
    Worker worker = s.tailing();
    worker.integrations(s.entries());
    dead.kill();
    s.begin(worker);
    s.write(3_000_000, 5_000);
    s.note(
        "memory %d kB, log %d bytes",
        worker.process().status("VmRSS"), Damage.total(worker.state()));
    dead.start();
    s.fault(dead);
    s.countedLoss(worker, dead, 0);
  }

  private static void soak(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Receiver other = s.receiver("other");
    Worker worker = s.begin(s.tailing());
    s.writing(SOAK * 60 * 2_000, 2_000);
    long end = System.nanoTime() + SOAK * 60_000_000_000L;
    for (int i = 0; System.nanoTime() < end; i++) {
      s.last(20);
      if (i % 3 == 2) {
        worker.process().kill();
        s.faultForAll();
        worker.start();
      } else {
        Receiver victim = i % 3 == 0 ? siem : other;
        victim.kill();
        s.last(2);
        victim.start();
        s.fault(victim);
      }
      s.note(
          "memory %d kB, files %d, threads %d, disk %d",
          worker.process().status("VmRSS"),
          worker.process().openFiles(),
          worker.process().status("Threads"),
          Damage.total(worker.state()));
    }
  }
}
