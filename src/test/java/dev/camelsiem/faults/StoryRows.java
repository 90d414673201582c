package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import java.util.ArrayList;
import java.util.List;

/** Stories of two steps: a SIEM hangs, and then something ordinary happens. */
final class StoryRows {
  private StoryRows() {}

  static List<Row> rows() {
    List<String> linkAndDisk = new ArrayList<>(Link.NEEDS);
    linkAndDisk.addAll(Disk.NEEDS);
    return List.of(
        fullRow("S1", "SIEM hangs 150 s at 300/s, is killed", NOTHING, StoryRows::hangs),
        fullRow("S2", "SIEM's host loses power for 150 s", Link.NEEDS, StoryRows::hostDies),
        row("S3", "SIEM hangs, gets another address, is killed", NOTHING, StoryRows::moved),
        fullRow("S4", "SIEM hangs, is disabled, is killed", NOTHING, StoryRows::disabled),
        row("S5", "SIEM hangs, we get SIGTERM, it is killed", NOTHING, s -> ended(s, false)),
        fullRow("S12", "SIEM hangs, we are restarted, it is killed", NOTHING, StoryRows::restarted),
        fullRow("S6", "the same, events from HTTP", NOTHING, s -> ended(s, true)),
        row(
            "S7",
            "SIEM closes in good order after 7 s with unread data",
            NOTHING,
            StoryRows::leaves),
        row("S8", "SIEM pauses, our host loses power", linkAndDisk, StoryRows::powerAlone),
        fullRow("S9", "quota of 1 MiB, SIEM stalls, is killed", NOTHING, StoryRows::quota),
        fullRow("S10", "SIEM reads 20 KB/s for six minutes", NOTHING, StoryRows::slow),
        fullRow("S11", "an integration that wants 1 % of 10,000/s", NOTHING, StoryRows::rare));
  }

  /** A healthy one beside it, which in full may be a second late at most. */
  static void healthy(Scene s) throws Exception {
    s.expect(s.receiver("other")).mostLag = s.full ? 1_000 : Long.MAX_VALUE;
  }

  private static void hangs(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    healthy(s);
    s.begin(s.tailing());
    s.writing(54_000, 300);
    s.last(10);
    siem.pause();
    s.last(150);
    siem.kill();
    s.last(2);
    siem.start();
    s.fault(siem);
  }

  private static void hostDies(Scene s) throws Exception {
    Link link = s.closing(new Link());
    Receiver siem =
        s.receiver("siem", Receiver.Kind.OURS).in(link.siemSide(), Link.SIEM_ADDRESS).start();
    s.begin(s.tailing().in(link.ourSide()));
    s.writing(24_000, 100);
    s.last(10);
    link.cut();
    siem.kill();
    s.last(150);
    link.siemRestarts();
    link.mend();
    siem.start();
    s.fault(siem);
    s.patience(180);
  }

  /** A SIEM that hangs with some events in its socket, a healthy one, and events that go on. */
  private static Receiver hanging(Scene s, Worker worker) throws Exception {
    Receiver siem = s.receiver("siem");
    healthy(s);
    worker.integrations(s.entries());
    s.begin(worker);
    siem.pause();
    s.write(s.of(2_000, 30_000), s.of(1_000, 500));
    return siem;
  }

  private static void moved(Scene s) throws Exception {
    Worker worker = s.tailing();
    Receiver siem = hanging(s, worker);
    int port = siem.port();
    worker.integrations(s.entries().replace(s.entry(siem), s.entry(siem, "127.0.0.2", port)));
    s.write(s.of(2_000, 30_000), 1_000);
    s.last(8);
    siem.kill();
    siem.in(List.of(), "127.0.0.2").start();
    s.fault(siem);
  }

  private static void disabled(Scene s) throws Exception {
    Worker worker = s.tailing();
    Receiver siem = hanging(s, worker);
    String entry = s.entry(siem);
    worker.integrationsInForce(
        s.entries().replace(entry, entry.replace("{name", "{enabled: false, name")));
    s.last(8);
    siem.kill();
    siem.start();
    worker.integrationsInForce(s.entries());
    s.fault(siem);
  }

  private static void ended(Scene s, boolean http) throws Exception {
    Worker worker = http ? s.listening() : s.tailing();
    Receiver siem = hanging(s, worker);
    if (!worker.process().terminate()) {
      s.problem("it did not end within 30 s of SIGTERM");
      worker.process().kill();
    }
    siem.kill();
    siem.start();
    worker.start();
    s.faultForAll();
  }

  /** It never answered us since our start, but it is not one that never answers. */
  private static void restarted(Scene s) throws Exception {
    Worker worker = s.tailing();
    Receiver siem = hanging(s, worker);
    worker.process().kill();
    worker.start();
    s.faultForAll();
    s.writing(s.of(20_000, 100_000), s.of(2_000, 2_000));
    s.last(s.of(8, 45));
    siem.kill();
    siem.start();
    s.fault(siem);
  }

  private static void leaves(Scene s) throws Exception {
    int times = s.of(1, 5);
    Receiver siem = s.receiver("siem");
    healthy(s);
    s.begin(s.tailing());
    for (int i = 0; i < times; i++) {
      // The connection that is open may be kept: the next one leaves.
      siem.kill();
      siem.mode("leave 7 1").start();
      s.write(2_010, 2_010);
      s.last(9);
      s.fault(siem);
      s.fault(siem);
    }
  }

  private static void powerAlone(Scene s) throws Exception {
    Link link = s.closing(new Link());
    Disk disk = s.closing(Disk.ext4(s.folder, 512));
    Receiver siem =
        s.receiver("siem", Receiver.Kind.OURS).in(link.siemSide(), Link.SIEM_ADDRESS).start();
    Worker worker = s.begin(s.tailing().in(link.ourSide()).state(disk.path().resolve("state")));
    s.writing(s.of(20_000, 120_000), s.of(3_000, 5_000));
    for (int i = 0; i < s.of(1, 3); i++) {
      siem.pause();
      s.last(1.5 + 2 * s.random.nextDouble());
      worker.process().signal("STOP");
      link.cut();
      disk.powerOff();
      worker.process().kill();
      disk.powerOn();
      link.weRestart();
      link.mend();
      siem.proceed();
      worker.start();
      s.faultForAll();
    }
  }

  private static void quota(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    healthy(s);
    s.settings(siem, "delivery: {quotaMegabytes: 1}");
    Worker worker = s.begin(s.tailing());
    s.writing(40_000, 10_000);
    s.last(1);
    siem.pause();
    s.last(1.5);
    siem.kill();
    s.joinWriting();
    siem.start();
    s.fault(siem);
    s.countedLoss(worker, siem, 2 * Expectation.WINDOW);
  }

  private static void slow(Scene s) throws Exception {
    Receiver siem = s.receiver("siem").mode("slow 20000");
    healthy(s);
    s.begin(s.tailing());
    s.writing(72_000, 200);
    s.last(360);
    siem.mode("normal");
    s.fault(siem);
  }

  private static void rare(Scene s) throws Exception {
    Receiver rare = s.receiver("rare");
    Receiver other = s.receiver("other");
    s.settings(rare, "categories: [API]");
    s.expect(rare).wanted = Load::isRare;
    Worker worker = s.begin(s.tailing());
    s.write(1_200_000, 10_000);
    s.note("memory %d kB", worker.process().status("VmRSS"));
    s.awaitSeen(other, 1_000_000);
  }
}
