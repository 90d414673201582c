package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the network between us and a SIEM does. */
final class NetworkRows {
  /** How long until a connection without an answer must be given up. */
  private static final int FOUND_SECONDS = 30;

  private static final Optional<String> CLOCK = clockLibrary();

  private NetworkRows() {}

  static List<Row> rows() {
    return List.of(
        row("7", "packets to the SIEM vanish (half-open)", Link.NEEDS, NetworkRows::halfOpen),
        row("8b", "packets to the SIEM are answered with resets", Link.NEEDS, NetworkRows::resets),
        row("12", "the name fails, then has another address", Hosts.NEEDS, NetworkRows::moves),
        fullRow("36", "the clock jumps a day and back", List.of("faketime"), NetworkRows::clock));
  }

  private static void halfOpen(Scene s) throws Exception {
    Link link = s.closing(new Link());
    Receiver siem = overLink(s, link);
    Worker worker = s.begin(s.tailing().in(link.ourSide()));
    s.writing(s.of(20_000, 100_000), s.of(1_000, 2_000));
    s.awaitSeen(siem, 2_000);
    s.awaitTrue("a connection", () -> !link.connections(worker.process()).isEmpty());
    link.cut();
    List<String> open = link.connections(worker.process());
    long start = System.nanoTime();
    s.patience(150);
    s.awaitTrue(
        "the connection is given up",
        () -> link.connections(worker.process()).stream().noneMatch(open::contains));
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    s.note("found after %d s", seconds);
    if (s.full && seconds > FOUND_SECONDS) {
      s.problem("a dead connection was found only after %d s", seconds);
    }
    link.mend();
    s.fault(siem);
  }

  private static Receiver overLink(Scene s, Link link) throws Exception {
    return s.receiver("siem", Receiver.Kind.OURS).in(link.siemSide(), Link.SIEM_ADDRESS).start();
  }

  private static void resets(Scene s) throws Exception {
    Link link = s.closing(new Link());
    Receiver siem = overLink(s, link);
    s.begin(s.tailing().in(link.ourSide()));
    int events = s.of(20_000, 100_000);
    s.writing(events, s.of(5_000, 5_000));
    for (int i = 1; i <= s.of(1, 4); i++) {
      s.awaitWritten(i * events / 5);
      link.reset();
      s.last(1);
      link.mend();
      s.fault(siem);
    }
  }

  private static void moves(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Hosts hosts = new Hosts(s.folder);
    Worker worker = s.tailing().in(hosts.prefix());
    worker.integrations(s.entry(siem, "siem.test", siem.port()));
    worker.start();
    s.patience(120);
    s.write(s.of(2_000, 10_000), 2_000);
    hosts.say("127.0.0.1 siem.test");
    s.awaitSeen(siem, s.of(2_000, 10_000));
    siem.kill();
    siem.in(List.of(), "127.0.0.2").start();
    hosts.say("127.0.0.2 siem.test");
    s.fault(siem);
    s.write(s.of(2_000, 10_000), 2_000);
  }

  private static void clock(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    java.nio.file.Path time = s.folder.resolve("time");
    java.nio.file.Files.writeString(time, "+0");
    s.begin(s.tailing().environment(fakedClock(time)));
    s.writing(100_000, 5_000);
    for (String jump : List.of("+1d", "-1h", "+0")) {
      java.nio.file.Files.writeString(time, jump);
      s.last(2);
      siem.kill();
      s.last(1);
      siem.start();
      s.fault(siem);
    }
  }

  /** The environment of a process whose clock is as far off as a file says, such as {@code +1d}. */
  static Map<String, String> fakedClock(java.nio.file.Path time) {
    return Map.of(
        "LD_PRELOAD",
        CLOCK.orElseThrow(() -> new IllegalStateException("faketime without its library")),
        "FAKETIME_TIMESTAMP_FILE",
        time.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1");
  }

  private static Optional<String> clockLibrary() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    String library = "/usr/lib/" + architecture + "-linux-gnu/faketime/libfaketimeMT.so.1";
    return Optional.of(library)
        .filter(name -> java.nio.file.Files.exists(java.nio.file.Path.of(name)));
  }
}
