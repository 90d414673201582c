package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.row;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What happens to the files that are tailed. */
final class TailRows {
  private static final int RATE = 2_000;

  private TailRows() {}

  static List<Row> rows() {
    return List.of(
        row("21a", "log renamed every 0.3 s, we killed", NOTHING, s -> rotated(s, Logs::rename)),
        row("21b", "copied and cut every 0.3 s, we killed", NOTHING, TailRows::copied),
        row("21c", "containers' links switched while we are dead", NOTHING, TailRows::switched),
        row("21d", "deleted, inode reused, deleted unread", NOTHING, TailRows::deleted),
        row("21e", "10,000 files (short: 1,000), we killed", NOTHING, TailRows::many),
        row("22", "a line of 100 MB, halves of lines, CR LF, no end", NOTHING, TailRows::lines));
  }

  /** The path names the live log only: what was rotated away unseen is found beside it. */
  private static Logs rotated(Scene s, Logs.Rotation rotation) throws Exception {
    Receiver siem = s.receiver("siem");
    Path live = Files.createDirectories(s.folder.resolve("logs")).resolve("app.log");
    Logs logs = new Logs(live, rotation);
    s.load(logs);
    Worker worker = s.begin(s.worker().tails(live));
    s.writing(s.of(20_000, 200_000), RATE);
    for (int i = 0; i < s.of(2, 20); i++) {
      s.last(s.of(1, 2) + s.random.nextDouble() * 2);
      worker.process().kill();
      s.fault(siem);
      s.last(s.random.nextDouble());
      worker.start();
    }
    s.joinWriting();
    s.note("%d rotations", logs.rotations());
    return logs;
  }

  private static void copied(Scene s) throws Exception {
    rotated(s, Logs::copyTruncate);
  }

  private static void switched(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Path pod = Files.createDirectories(s.folder.resolve("pods/ns_pod_uid/box"));
    Path docker = Files.createDirectories(s.folder.resolve("docker"));
    Path link = s.folder.resolve("containers/x.log");
    Path[] target = {docker.resolve("0-json.log")};
    Logs.link(pod.resolve("0.log"), target[0]);
    Logs.link(link, pod.resolve("0.log"));
    s.load((lines, events) -> Logs.append(target[0], lines));
    String paths = link.resolveSibling("*.log").toString();
    Worker worker = s.worker().tails(paths, "followLinksOutside=true&deadLetters={{dead}}");
    s.begin(worker);
    for (int i = 1; i <= s.of(2, 10); i++) {
      s.write(s.of(1_000, 5_000), RATE);
      worker.process().kill();
      s.fault(siem);
      s.write(1_000, 5_000);
      Files.move(target[0], target[0].resolveSibling(target[0].getFileName() + ".1"));
      s.write(1_000, 5_000);
      target[0] = docker.resolve(i + "-json.log");
      s.write(1_000, 5_000);
      Logs.link(pod.resolve(i + ".log"), target[0]);
      Logs.link(link, pod.resolve(i + ".log"));
      worker.start();
      s.awaitSeen(siem, s.written());
    }
  }

  /** What is deleted while we are dead is lost, and that is said. */
  private static void deleted(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Path folder = Files.createDirectories(s.folder.resolve("logs"));
    Path log = folder.resolve("app.log");
    s.load((lines, events) -> Logs.append(log, lines));
    Worker worker = s.begin(s.worker().tails(folder.resolve("*.log")));
    for (int i = 0; i < s.of(5, 50); i++) {
      s.write(s.of(200, 1_000), 5_000);
      s.awaitSeen(siem, s.written());
      Files.delete(log); // the next one gets its inode where the file system reuses them at once
    }
    s.write(500, 5_000);
    s.awaitSeen(siem, s.written());
    worker.process().kill();
    s.fault(siem);
    int from = s.written();
    s.write(500, 5_000);
    int to = s.written();
    Files.delete(log);
    s.expect(siem).wanted = number -> number < from || number >= to;
    worker.start();
    worker.process().awaitSaid("was deleted while nobody watched");
  }

  private static void many(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    int files = s.of(1_000, 10_000);
    Path folder = s.folder.resolve("logs");
    for (int i = 0; i < 100; i++) {
      Files.createDirectories(folder.resolve("d" + i));
    }
    int[] next = {0};
    s.load(
        (lines, events) -> {
          for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
              int file = next[0]++ % files;
              Logs.append(folder.resolve("d" + file % 100 + "/" + file + ".log"), line + "\n");
            }
          }
        });
    Worker worker = s.begin(s.worker().tails(folder.resolve("**/*.log")));
    int atFirst = worker.process().openFiles();
    s.writing(s.of(4, 10) * files, s.of(1_000, RATE));
    for (int i = 0; i < s.of(1, 5); i++) {
      s.last(s.of(2, 5));
      worker.process().kill();
      s.fault(siem);
      worker.start();
    }
    s.joinWriting();
    s.awaitSeen(siem, s.written());
    int open = worker.process().openFiles();
    s.note("%d files open, %d at first", open, atFirst);
    s.note("%d MB resident", worker.process().status("VmRSS") / 1024);
    if (open > atFirst + 300) {
      s.problem("%d files open", open);
    }
  }

  /** The long line is in one file, the events in another: theirs come on time. */
  private static void lines(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    Path folder = Files.createDirectories(s.folder.resolve("logs"));
    Path letters = s.folder.resolve("letters.ndjson");
    Path log = folder.resolve("app.log");
    boolean[] open = {false};
    s.load(
        (lines, events) -> {
          String text = (open[0] ? "\n" : "") + lines.replace("\n", "\r\n");
          open[0] = events % 2 == 0;
          text = open[0] ? text.substring(0, text.length() - 2) : text;
          Logs.append(log, text.substring(0, text.length() / 2));
          Logs.append(log, text.substring(text.length() / 2));
        });
    Worker worker =
        s.begin(
            s.worker()
                .tails(
                    folder.resolve("*.log").toString(),
                    "deadLetters=RAW(kamelet:siem-deadletter-sink?path=" + letters + ")"));
    if (s.full) {
      s.expect(siem).mostLag = 1_000;
    }
    s.writing(s.of(6_000, 60_000), RATE);
    int megabytes = s.of(30, 100);
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out =
        Files.newOutputStream(folder.resolve("long.log"), StandardOpenOption.CREATE_NEW)) {
      for (int i = 0; i < megabytes; i++) {
        out.write(megabyte);
      }
      out.write('\n');
    }
    s.joinWriting();
    String said = "line of " + (megabytes << 20) + " bytes";
    s.awaitTrue(
        "a letter of the long line",
        () -> Files.exists(letters) && Files.readString(letters).contains(said));
    s.note("%d MB resident", worker.process().status("VmRSS") / 1024);
    if (Files.size(letters) > 100_000) {
      s.problem("letters of %d bytes", Files.size(letters));
    }
  }
}
