package dev.camelsiem.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.cef.CefMessage;
import dev.camelsiem.flow.cef.CefReader;
import dev.camelsiem.letters.LetterFolder;
import dev.camelsiem.letters.Sums;
import dev.camelsiem.testing.HeldPort;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A route for hostile events beside the one for honest events, in one process: from a file or from
 * syslog, by CEF or by rules, to a receiver here. Each event must come out as one clean line or as
 * a dead letter, and after it a tame one must pass.
 */
final class HostileRoute {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scene scene;
  private final boolean cef;
  private final boolean syslog;
  private final Path input;
  private final Path dead;
  private final Path rules;
  private final Frames frames;
  private final HeldPort port;
  private final Worker worker;
  private final CefReader reader = new CefReader();
  private final AtomicInteger odd = new AtomicInteger();
  private volatile String example = "";
  private Socket sender;
  private int tame;

  private HostileRoute(Scene scene, boolean cef, boolean syslog) throws Exception {
    this.scene = scene;
    this.cef = cef;
    this.syslog = syslog;
    Receiver siem = scene.receiver("siem");
    scene.expect(siem).mostLag = scene.full ? 1_000 : Long.MAX_VALUE;
    input = Files.createFile(scene.folder.resolve("hostile"));
    dead = Files.createDirectories(scene.folder.resolve("hostile.dead"));
    rules = Files.createDirectories(scene.folder.resolve("rules"));
    frames = scene.closing(new Frames(this::look));
    port = scene.closing(new HeldPort());
    worker = scene.tailing();
    rule("tame", "TEXT = 'tame {NUMBER}'\nid = \"T\"");
  }

  /** Events of the container product become CEF. */
  static HostileRoute cef(Scene scene, boolean syslog) throws Exception {
    return new HostileRoute(scene, true, syslog);
  }

  /** Events are normalized by {@link #rule rules}. */
  static HostileRoute rules(Scene scene) throws Exception {
    return new HostileRoute(scene, false, false);
  }

  void rule(String name, String formula) throws IOException {
    Path folder = Files.createDirectories(rules.resolve(name));
    Files.writeString(folder.resolve("formula.xp"), formula);
  }

  /** Starts, sends all while honest events flow, and waits until each has its outcome. */
  void run(List<byte[]> hostile, int lines, int letters) throws Exception {
    start();
    scene.writing(scene.of(2_000, 60_000), scene.of(1_000, 2_000));
    send(hostile.size(), hostile::get, lines, letters);
  }

  void start() throws Exception {
    worker.beside(route());
    scene.begin(worker);
    if (syslog) {
      sender = scene.closing(new Socket(InetAddress.getLoopbackAddress(), port.number()));
    }
  }

  private String route() {
    String letters =
        "RAW(kamelet:siem-deadletter-sink?path=" + dead.resolve("letters.ndjson") + ")";
    String from =
        syslog
            ? "kamelet:siem-syslog-source?framing=lf&port=" + port.number()
            : "kamelet:siem-file-source?paths=%s&checkpoint=%s"
                .formatted(input, scene.folder.resolve("hostile.places"));
    String step =
        cef
            ? "kamelet:siem-cef-action?header=none"
            : "kamelet:xp-normalize-action?rules=file:" + rules;
    String sink = "kamelet:siem-syslog-sink?host=127.0.0.1&port=" + frames.port();
    return """
        - route:
            from:
              uri: "%s&deadLetters=%s"
              steps:
                - to: "%s&deadLetters=%s"
                - to: "%s"
        """
        .formatted(from, letters, step, letters, sink);
  }

  /**
   * Sends events and waits.
   *
   * @param lines how many must have come out as lines in all, tame ones aside
   * @param letters how many must be dead letters in all
   */
  void send(int count, IntFunction<byte[]> events, int lines, int letters) throws Exception {
    try (OutputStream out = open()) {
      for (int i = 0; i < count; i++) {
        out.write(events.apply(i));
        out.write('\n');
      }
      String last =
          cef
              ? "{\"id\":\"ADM-001\",\"status\":\"Success\",\"user\":\"%d.z\"}\n".formatted(tame)
              : "tame %d\n".formatted(tame);
      tame++;
      out.write(last.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    int all = lines + tame;
    scene.patience(180);
    try {
      scene.awaitTrue("outcomes", () -> frames.count() >= all && letters() >= letters);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      scene.problem("hostile events have no outcome: %s", e.getMessage());
    }
    scene.note("%d lines, %d letters", frames.count(), letters());
    if (frames.count() != all || letters() != letters) {
      scene.problem(
          "of %d lines and %d letters there are %d and %d",
          all, letters, frames.count(), letters());
    }
    if (odd.get() > 0) {
      scene.problem("%d odd lines, such as %s", odd.get(), example);
    }
  }

  private OutputStream open() throws IOException {
    OutputStream out =
        syslog
            ? new java.io.FilterOutputStream(sender.getOutputStream()) {
              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
              }

              @Override
              public void close() throws IOException {
                flush(); // the connection stays
              }
            }
            : Files.newOutputStream(input, StandardOpenOption.APPEND);
    return new BufferedOutputStream(out, 1 << 16);
  }

  /** What comes out must be what the next one understands. */
  private void look(String line) {
    boolean clean = line.chars().noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0 || c == 0xfffd);
    boolean understood = clean && (cef ? isCef(line) : isObject(line));
    if (!understood && odd.getAndIncrement() == 0) {
      example = line.substring(0, Math.min(300, line.length()));
    }
  }

  private boolean isCef(String line) {
    CefMessage message = reader.read(line).message();
    if (message == null || !message.warnings().isEmpty()) {
      return false;
    }
    String user = message.extensions().getOrDefault("suser", "");
    return user.endsWith(".z") && message.id().equals("ADM-001");
  }

  private static boolean isObject(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return json.isObject() && json.hasNonNull("id");
    } catch (IOException e) {
      return false;
    }
  }

  /** Events that became letters; in full they are beyond a file's share, and counted from there. */
  private long letters() throws IOException {
    Path letters = dead.resolve("letters.ndjson");
    long[] sum = {0};
    new LetterFolder(letters)
        .each(
            letter -> {
              sum[0] += letter.count();
              return true;
            });
    return scene.full
        ? sum[0] + Sums.read(letters).stream().mapToLong(Sums.Sum::count).sum()
        : sum[0];
  }

  int said(String part) {
    return worker.process().said(part);
  }

  /** Kibibytes of the heap that are in use after a collection. */
  long heap() throws IOException {
    String pid = Long.toString(worker.process().pid());
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Proc.run(jcmd, pid, "GC.run");
    long used = 0;
    for (String line : Proc.run(jcmd, pid, "GC.heap_info").lines().toList()) {
      String text = line.strip();
      if (text.startsWith("def new") || text.startsWith("tenured") || text.startsWith("Tenured")) {
        String amount = text.substring(text.indexOf("used ") + 5);
        used += Long.parseLong(amount.substring(0, amount.indexOf('K')));
      }
    }
    if (used == 0) {
      throw new IOException("no heap in what jcmd says of process " + pid);
    }
    return used;
  }
}
