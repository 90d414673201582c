package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.row;

import java.nio.file.Files;
import java.util.List;

/** What happens to our own process. */
final class OwnRows {
  private static final List<String> CALLS =
      List.of("fdatasync", "rename", "fsync", "unlink", "ftruncate", "pwrite64");

  private OwnRows() {}

  static List<Row> rows() {
    return List.of(
        row("13a", "our process killed, file source", NOTHING, s -> killed(s, s.tailing())),
        row("13b", "our process killed, HTTP source", NOTHING, s -> killed(s, s.listening())),
        row("15", "our process killed within a system call", List.of("strace"), OwnRows::within),
        row("17", "places torn, empty, garbage, missing", NOTHING, OwnRows::places),
        row("37", "no file descriptor left for 5 s", List.of("prlimit"), OwnRows::descriptors),
        row("38", "settings replaced, broken, an integration removed", NOTHING, OwnRows::reloads));
  }

  private static void receivers(Scene s) throws Exception {
    s.receiver("siem");
    s.receiver("other");
  }

  private static void killed(Scene s, Worker worker) throws Exception {
    receivers(s);
    worker.integrations(s.entries());
    s.begin(worker);
    int events = s.of(20_000, 200_000);
    s.writing(events, 5_000);
    for (int i = 0; i < s.of(2, 20); i++) {
      s.last(s.random.nextDouble() * 2);
      worker.process().kill();
      s.faultForAll();
      worker.start();
    }
  }

  /** Before a sync, a rename, a delete: the system call is the process's last. */
  private static void within(Scene s) throws Exception {
    receivers(s);
    Worker worker = s.tailing();
    int reached = 0;
    for (String call : s.full ? CALLS : CALLS.subList(0, 3)) {
      for (int i = 0; i < s.of(1, 4); i++) {
        int when = 1 + s.random.nextInt(call.endsWith("write64") ? 200 : 4);
        worker.in(
            List.of(
                Tools.find("strace").orElseThrow().toString(),
                "-D",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":signal=KILL:when=" + when));
        worker.launch();
        Proc process = worker.process();
        s.awaitThat("it runs", () -> process.said().contains("camel-siem ") || !process.alive());
        for (int n = 0; n < 40 && process.alive(); n++) {
          s.write(200, 400);
        }
        if (process.alive()) {
          process.kill();
        } else {
          reached++;
        }
        s.faultForAll();
      }
    }
    s.note("%d ends within a call", reached);
    if (reached == 0) {
      s.problem("no call was reached");
    }
    worker.in(List.of()).start();
  }

  /** Of the harms to places, the one that leaves nothing to be told of. */
  private static final int DELETED = 3;

  private static void places(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Worker worker = s.begin(s.tailing());
    s.expect(siem).mayRepeat = Integer.MAX_VALUE;
    List<Harm> harms =
        List.of(
            file -> Damage.cut(file, Damage.size(file) / 2),
            file -> Damage.cut(file, 0),
            Damage::garbage,
            Files::delete);
    for (int i = 0; i < harms.size(); i++) {
      s.write(s.of(2_000, 20_000), 5_000);
      s.awaitSeen(siem, s.written());
      s.awaitTrue("places are kept", () -> !Damage.places(worker.state()).isEmpty());
      worker.process().kill();
      for (java.nio.file.Path file : Damage.places(worker.state())) {
        harms.get(i).to(file);
      }
      s.fault(siem);
      worker.start();
      if (told(worker) == 0 && i != DELETED) {
        s.problem("damaged places were not told");
      }
    }
  }

  private static int told(Worker worker) {
    return worker.process().said("The cursor file ") + worker.process().said("The checkpoint ");
  }

  /** What is done to a file. */
  interface Harm {
    void to(java.nio.file.Path file) throws java.io.IOException;
  }

  private static void descriptors(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    Worker worker = s.begin(s.tailing());
    s.writing(s.of(20_000, 40_000), s.of(2_500, 2_000));
    s.awaitSeen(siem, 2_000);
    String pid = Long.toString(worker.process().pid());
    String limit =
        Proc.run("prlimit", "--noheadings", "--nofile", "-o", "SOFT", "--pid", pid).strip();
    Proc.run("prlimit", "--pid", pid, "--nofile=" + worker.process().openFiles() + ":");
    siem.kill();
    s.last(5);
    siem.start();
    Proc.run("prlimit", "--pid", pid, "--nofile=" + limit + ":");
    s.faultForAll();
  }

  private static void reloads(Scene s) throws Exception {
    receivers(s);
    Receiver gone = s.receiver("gone");
    Worker worker = s.begin(s.tailing());
    String good = s.entries();
    String without = good.replace(s.entry(gone), "");
    int rounds = s.of(6, 100);
    s.writing(rounds * s.of(2_000, 5_000), s.of(2_000, 3_000));
    for (int i = 0; i < rounds; i++) {
      worker.integrations(
          switch (i % 3) {
            case 0 -> "  - {name: broken, adress: nowhere}\n";
            case 1 -> good + "  # " + i + "\n";
            default -> good.replace("}", ", minSeverity: 0}");
          });
      s.last(1.2);
    }
    s.joinWriting();
    s.awaitSeen(gone, s.written());
    worker.integrations(without);
    s.last(3);
    s.fault(gone);
    // What is written from here on may find it gone still.
    int written = s.written();
    s.expect(gone).wanted = number -> number < written || gone.sawAlready(number);
    worker.integrations(good);
  }
}
