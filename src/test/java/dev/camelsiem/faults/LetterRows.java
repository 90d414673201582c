package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.row;

import dev.camelsiem.edge.cli.SiemCommand;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterFolder;
import dev.camelsiem.letters.Sums;
import dev.camelsiem.testing.HeldPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Dead letters: they come back once and with their ids, and nobody fills them. */
final class LetterRows {
  private static final String FAMILY = "  API:  {name: API,";
  private static final String QUOTA = "&maxBytes=524288&segmentBytes=32768&originBytes=1073741824";
  private static final long MOST_BYTES = 524_288;

  private LetterRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "39",
            "dead letters replayed twice while a SIEM is down, after the mapping was mended",
            NOTHING,
            LetterRows::replayed),
        row(
            "39k",
            "the same, and we are killed between delivery and ledger",
            NOTHING,
            LetterRows::killed),
        row("39s", "a stranger floods the dead letters over syslog", NOTHING, LetterRows::flooded));
  }

  private static void replayed(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.receiver("other");
    Worker worker = refusing(s);
    siem.kill();
    mended(s, worker);
    List<String> before = ids(worker);

    dlq(s, worker, 0, "replay", "--reason", "unknown_family"); // two at once
    dlq(s, worker, 0, "replay", "--reason", "unknown_family", "--wait");
    String again = dlq(s, worker, 0, "replay", "--all", "--wait");
    if (!again.contains("0 events replayed") || !again.contains(before.size() + " had been")) {
      s.problem("the same replay again: %s", again);
    }
    siem.start();
    s.fault(siem);
    if (!ids(worker).equals(before)) {
      s.problem("other letters after the replay than before");
    }
  }

  private static void killed(Scene s) throws Exception {
    s.receiver("siem");
    Worker worker = refusing(s);
    Path mapping = s.folder.resolve("mapping.yaml");
    Files.writeString(mapping, CefMappings.text(CefMappings.CONTAINER_SECURITY));
    worker.process().kill();
    s.faultForAll();
    worker.environment(
        java.util.Map.of("JAVA_TOOL_OPTIONS", "-Ddev.camelsiem.crash=before-ledger:1"));
    worker.start();
    dlq(s, worker, 0, "replay", "--all");
    s.awaitThat("it has crashed", () -> !worker.process().alive());
    worker.environment(java.util.Map.of("JAVA_TOOL_OPTIONS", ""));
    worker.start();
    s.faultForAll();
    dlq(s, worker, 0, "replay", "--all", "--wait");
  }

  /** A worker whose mapping lacks a family: its events are dead letters. */
  private static Worker refusing(Scene s) throws Exception {
    s.wantsLetters();
    Path mapping = s.folder.resolve("mapping.yaml");
    String text = CefMappings.text(CefMappings.CONTAINER_SECURITY);
    Files.writeString(
        mapping,
        text.replace(FAMILY, FAMILY.replace("API: ", "APX: ")).replace(", RT, API]", ", RT, APX]"));
    Worker worker = s.tailing().option("mapping", mapping.toString());
    s.begin(worker);
    s.write(s.of(10_000, 100_000), s.of(5_000, 10_000));
    int rare = (s.written() + Load.RARE_EVERY - 1) / Load.RARE_EVERY;
    s.awaitTrue(rare + " dead letters", () -> ids(worker).size() == rare);
    return worker;
  }

  private static void mended(Scene s, Worker worker) throws Exception {
    Files.writeString(
        s.folder.resolve("mapping.yaml"), CefMappings.text(CefMappings.CONTAINER_SECURITY));
    if (!worker.process().terminate()) {
      s.problem("the worker did not end");
    }
    worker.start();
    s.faultForAll();
  }

  private static void flooded(Scene s) throws Exception {
    s.wantsLetters();
    s.receiver("siem");
    Worker worker = s.tailing().letterOptions(QUOTA);
    HeldPort held = s.closing(new HeldPort());
    int port = held.number();
    worker.beside(
        """
        - route:
            id: strangers
            from:
              uri: "kamelet:siem-syslog-source?host=127.0.0.1&port={{port}}&deadLetters={{dead}}"
              steps:
                - to: "kamelet:siem-cef-action?deadLetters={{dead}}"
        """
            .replace("{{port}}", Integer.toString(port)));
    s.begin(worker);
    int bad = s.of(10, 100);
    long lines = s.of(100_000, 5_000_000);
    s.writing(s.of(5_000, 50_000), 1_000);
    Thread stranger = new Thread(() -> flood(port, lines), "stranger");
    stranger.start();
    for (int i = 0; i < bad; i++) {
      Files.writeString(
          s.folder.resolve("events.ndjson"), "bad line " + i + "\n", StandardOpenOption.APPEND);
      s.last(0.05);
    }
    stranger.join();
    s.joinWriting();
    s.awaitTrue("all counted", () -> events(worker) == lines + bad);
    long kept =
        letters(worker).stream()
            .filter(letter -> letter.event().origin().endsWith("events.ndjson"))
            .mapToLong(Letter::count)
            .sum();
    long bytes = bytes(worker);
    long dropped =
        Sums.read(worker.letters()).stream()
            .filter(sum -> sum.key().why().equals("dropped"))
            .mapToLong(Sums.Sum::count)
            .sum();
    if (dropped == 0) {
      s.problem("no room was made: the flood is too small for the quota");
    }
    s.note(
        "flood of %d: %d bytes of letters and sums, dropped %d, honest letters %d",
        lines, bytes, dropped, kept);
    if (kept != bad) {
      s.problem("%d of %d letters of the file are kept", kept, bad);
    }
    if (bytes > MOST_BYTES) {
      s.problem("%d bytes of letters, at most %d", bytes, MOST_BYTES);
    }
  }

  private static void flood(int port, long lines) {
    byte[] block = "x\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream()) {
      for (long i = 0; i < lines; i += 1_000) {
        out.write(block);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the stranger was cut off", e);
    }
  }

  /** Runs a command of the dead letters of a worker; says what it printed. */
  private static String dlq(Scene s, Worker worker, int status, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dlq"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--path", worker.letters().toString()));
    if (all.contains("--wait")) {
      all.addAll(List.of("--timeout", "120"));
    }
    StringWriter text = new StringWriter();
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(text, true));
    line.setErr(new PrintWriter(text, true));
    int was = line.execute(all.toArray(String[]::new));
    if (was != status) {
      s.problem("%s: status %d: %s", all, was, text);
    }
    return text.toString();
  }

  private static List<Letter> letters(Worker worker) throws IOException {
    List<Letter> letters = new ArrayList<>();
    new LetterFolder(worker.letters()).each(letters::add);
    return letters;
  }

  private static List<String> ids(Worker worker) throws IOException {
    return letters(worker).stream()
        .flatMap(letter -> letter.events().stream())
        .map(event -> event.id().toString())
        .toList();
  }

  private static long events(Worker worker) throws IOException {
    return letters(worker).stream().mapToLong(Letter::count).sum()
        + Sums.read(worker.letters()).stream().mapToLong(Sums.Sum::count).sum();
  }

  private static long bytes(Worker worker) throws IOException {
    try (Stream<Path> files = Files.list(worker.letters().getParent())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("dead."))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
