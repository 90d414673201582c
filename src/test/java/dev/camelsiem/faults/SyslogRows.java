package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import dev.camelsiem.testing.HeldPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What strangers send to the syslog source, while an honest sender goes on. */
final class SyslogRows {
  private static final long SECOND = 1_000;
  private static final int MEGABYTE = 1 << 20;
  private static final Pattern DROPPED = Pattern.compile("the kernel dropped (\\d+) datagrams");

  /** Streams that cannot be cut, or that promise what never comes. */
  private static final List<String> BAD_COUNTS =
      List.of(
          "9999999999 <13>x",
          "99999999999999999999999 <13>x",
          "-7 <13>one",
          "+7 <13>one",
          " 7 <13>one",
          "7<13>one",
          "0x7 <13>one",
          "7\t<13>one",
          "no number at all\n",
          "\0\0\0\0");

  private static final List<String> UNFINISHED_COUNTS =
      List.of("9999999 <13>never so long", "262144 <13>short", "0", "0000000", "12", "");

  private SyslogRows() {}

  static List<Row> rows() {
    return List.of(
        row("23a", "syslog lengths that are none or lie", NOTHING, SyslogRows::lengths),
        row("23b", "1,000 senders of half a syslog event each", NOTHING, SyslogRows::halfSent),
        row("23c", "10,000 connections to the syslog source", NOTHING, SyslogRows::connections),
        row("23d", "lines of 50 MB and garbage over syslog", NOTHING, SyslogRows::garbage),
        row("35", "UDP burst from many addresses", NOTHING, SyslogRows::burst),
        fullRow("36s", "the clock jumps, syslog source", List.of("faketime"), SyslogRows::clock));
  }

  /** A worker that takes syslog, and an honest sender whose events must keep coming. */
  private static Hearing hearing(Scene s, String options, boolean counted) throws Exception {
    Receiver siem = s.receiver("siem");
    s.expect(siem).mostLag = s.full ? SECOND : Long.MAX_VALUE;
    int port = s.closing(new HeldPort()).number();
    SyslogTaker honest = s.closing(SyslogTaker.tcp(port, counted));
    s.load(honest);
    Worker worker = s.worker().hears(port, options);
    s.begin(worker);
    return new Hearing(siem, port, worker, honest, worker.process().openFiles(), threads(worker));
  }

  private record Hearing(
      Receiver siem, int port, Worker worker, SyslogTaker honest, int files, int threads) {
    /** Nothing is left of the strangers, and who comes now is heard. */
    void judge(Scene s) throws Exception {
      s.joinWriting();
      s.awaitTrue("descriptors are given back", () -> worker.process().openFiles() <= files + 20);
      s.note(
          "threads %d, then %d; memory %d MB",
          threads, SyslogRows.threads(worker), worker.process().status("VmHWM") / 1024);
      if (SyslogRows.threads(worker) > threads + 10) {
        s.problem("threads grew from %d to %d", threads, SyslogRows.threads(worker));
      }
      // order is promised within a connection: nothing of the old one may be left
      s.awaitSeen(siem, s.written());
      honest.reconnect();
      s.fault();
    }
  }

  private static int threads(Worker worker) throws java.io.IOException {
    return worker.process().status("Threads");
  }

  private static void lengths(Scene s) throws Exception {
    s.wantsLetters();
    Hearing hearing = hearing(s, "&framing=octet-counting", true);
    s.writing(s.of(3_000, 60_000), 1_000);
    for (int i = 0; i < s.of(5, 100); i++) {
      for (String bad : BAD_COUNTS) {
        try (Strangers strangers = new Strangers(hearing.port)) {
          strangers.connect(5, 5);
          strangers.sendAll(bad);
          s.awaitTrue("closed after " + bad, () -> strangers.closed() == 5);
        }
      }
      for (String unfinished : UNFINISHED_COUNTS) {
        try (Strangers strangers = new Strangers(hearing.port)) {
          strangers.connect(5, 5);
          strangers.sendAll(unfinished);
        }
      }
    }
    hearing.judge(s);
  }

  private static void halfSent(Scene s) throws Exception {
    s.wantsLetters();
    Hearing hearing = hearing(s, "", false);
    s.writing(s.of(5_000, 60_000), 1_000);
    for (int i = 0; i < s.of(1, 10); i++) {
      try (Strangers strangers = new Strangers(hearing.port)) {
        strangers.connect(s.of(300, 999), 90);
        strangers.sendAll("<13>" + "x".repeat(260_000));
        s.awaitThat("the largest give way", () -> strangers.closed() > strangers.size() / 2);
      }
    }
    if (!hearing.worker.said().contains("bytes for an event that had no end")) {
      s.problem("it is not told why connections were closed");
    }
    hearing.judge(s);
  }

  /** With the default limits most are refused; in full there is also room for all of them. */
  private static void connections(Scene s) throws Exception {
    s.wantsLetters();
    int count = s.of(1_500, 10_000);
    String room = s.full ? "&maxConnections=12000&maxConnectionsPerAddress=12000" : "";
    Hearing hearing = hearing(s, room, false);
    s.writing(s.of(5_000, 60_000), 1_000);
    try (Strangers strangers = new Strangers(hearing.port)) {
      strangers.connect(count, 90);
      strangers.sendAll("{\"id\":\"ADM-001\",\"half an event");
      if (s.full) {
        s.last(20);
        s.note("%d connections at a time", hearing.worker.process().openFiles());
        if (strangers.closed() > 0) {
          s.problem("%d connections were closed", strangers.closed());
        }
        strangers.sendAll(" that ends\"\n".repeat(2));
      } else {
        s.awaitThat("those too many are closed", () -> strangers.closed() >= count - 1_000);
      }
    }
    hearing.judge(s);
  }

  private static void garbage(Scene s) throws Exception {
    s.wantsLetters();
    Hearing hearing = hearing(s, "", false);
    s.writing(s.of(5_000, 60_000), 1_000);
    String line = "<13>" + "y".repeat(s.of(5, 50) * MEGABYTE) + "\n";
    StringBuilder noise = new StringBuilder();
    s.random
        .ints((long) s.of(1, 5) * MEGABYTE, 0, 256)
        .forEach(each -> noise.append((char) (each == '\n' && s.random.nextBoolean() ? 0 : each)));
    try (Strangers strangers = new Strangers(hearing.port)) {
      strangers.connect(4, 1);
      strangers.sendAll(line);
      strangers.sendAll(noise.toString());
    }
    hearing.judge(s);
  }

  private static void burst(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    int port = s.closing(new HeldPort()).number();
    s.load(SyslogTaker.udp(s, port, 100));
    Worker worker = s.worker().hears(port, "&protocol=udp");
    s.begin(worker);
    int sent = s.of(60_000, 2_500_000);
    long start = System.nanoTime();
    s.write(sent, 240_000);
    s.note("%,d datagrams in %d ms", sent, (System.nanoTime() - start) / 1_000_000);
    s.countedLoss(siem, () -> dropped(worker.process().said()));
    s.last(1);
    s.fault();
  }

  private static long dropped(String said) {
    Matcher drops = DROPPED.matcher(said);
    long sum = 0;
    while (drops.find()) {
      sum += Long.parseLong(drops.group(1));
    }
    return sum;
  }

  private static void clock(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.expect(siem).mostLag = SECOND;
    int port = s.closing(new HeldPort()).number();
    s.load(s.closing(SyslogTaker.tcp(port, false)));
    Path time = s.folder.resolve("time");
    Files.writeString(time, "+0");
    s.begin(s.worker().hears(port, "").environment(NetworkRows.fakedClock(time)));
    for (String jump : List.of("+1d", "-1h", "+0", "-1d")) {
      Files.writeString(time, jump);
      s.write(3_000, 1_000);
      s.awaitSeen(siem, s.written());
    }
    s.fault();
  }
}
