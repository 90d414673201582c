package dev.camelsiem.faults;

import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Where a row happens: a worker, its receivers and a load, and the judge at the end. All of it goes
 * when the scene is closed, whatever happened.
 */
final class Scene implements AutoCloseable {
  final Path folder;
  final boolean full;
  final Random random;

  /** So many events are written before anything happens. */
  private static final int FIRST = 500;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Map<String, Expectation> expectations = new LinkedHashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Worker> workers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Check> afterwards = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Duration patience = Duration.ofSeconds(60);
  private Load load;
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private long faultEnded = System.nanoTime();
  private int padding = 40;
  private boolean lettersWanted;

  Scene(Path folder, boolean full, long seed) {
    this.folder = folder;
    this.full = full;
    this.random = new Random(seed);
  }

  /** One of two, by the form in which the row runs. */
  int of(int inShort, int inFull) {
    return full ? inFull : inShort;
  }

  // --- who takes part

  /** A receiver that is not started yet. */
  Receiver receiver(String name, Receiver.Kind kind) {
    Receiver receiver = closing(new Receiver(name, kind, folder));
    expectations.put(name, new Expectation(receiver));
    return receiver;
  }

  /** Our own receiver, running. */
  Receiver receiver(String name) throws IOException {
    return receiver(name, Receiver.Kind.OURS).start();
  }

  /** Our own receiver over TLS, running, and the integration's settings for it. */
  Receiver receiverOverTls(String name) throws IOException {
    TestCertificates certificates = TestCertificates.shared();
    Receiver receiver = receiver(name, Receiver.Kind.OURS).tls(certificates.serverKeyStore());
    settings(receiver, "tls: {caFile: %s}".formatted(certificates.authorityPem()));
    return receiver.start();
  }

  Expectation expect(Receiver receiver) {
    return expectations.get(receiver.name);
  }

  /** More keys for an integration's entry, such as {@code delivery: {quotaMegabytes: 1}}. */
  Scene settings(Receiver receiver, String keys) {
    settings.put(receiver.name, keys);
    return this;
  }

  /** Events may become dead letters: the row looks at them, or they are those of strangers. */
  Scene wantsLetters() {
    lettersWanted = true;
    return this;
  }

  /** Bytes that each event is longer. */
  Scene padding(int bytes) {
    padding = bytes;
    return this;
  }

  /** The entry of an integration that sends to a receiver. */
  String entry(Receiver receiver) {
    return entry(receiver, receiver.address(), receiver.port());
  }

  String entry(Receiver receiver, String address, int port) {
    return "  - {name: %s, address: %s, port: %d%s}\n"
        .formatted(
            receiver.name,
            address,
            port,
            settings.containsKey(receiver.name) ? ", " + settings.get(receiver.name) : "");
  }

  /** The entries of all receivers. */
  String entries() {
    StringBuilder entries = new StringBuilder();
    for (Expectation each : expectations.values()) {
      entries.append(entry(each.receiver));
    }
    return entries.toString();
  }

  /** A worker that tails a file and sends to all receivers; not started. */
  Worker tailing() throws IOException {
    Path input = Files.createFile(folder.resolve("events.ndjson")); // known before it is written
    load = new Load(Load.file(input), padding);
    return worker().tails(input);
  }

  /** A worker that takes events by HTTP; not started. */
  Worker listening() throws IOException {
    Worker worker = worker().listens();
    load = new Load(new HttpTaker(worker), padding);
    return worker;
  }

  /** A worker without a source. */
  Worker worker() throws IOException {
    Worker worker = closing(new Worker(folder.resolve("worker" + workers.size()), !full));
    worker.integrations(entries());
    workers.add(worker);
    return worker;
  }

  /** Events go where the caller says. */
  Load load(Load.Taker taker) {
    load = new Load(taker, padding);
    return load;
  }

  <T extends AutoCloseable> T closing(T resource) {
    toClose.push(resource);
    return resource;
  }

  // --- what happens

  /** Starts a worker, and waits until every receiver that runs has got its first events. */
  Worker begin(Worker worker) throws IOException, InterruptedException {
    worker.start();
    for (Expectation each : expectations.values()) {
      each.receiver.seen().lagFrom(FIRST);
    }
    load.write(FIRST, 1_000);
    for (Expectation each : expectations.values()) {
      if (each.receiver.process().alive() && each.receiver.answers()) {
        awaitSeen(each.receiver, 1);
      }
    }
    return worker;
  }

  /** Writes events, and returns when they are written. */
  void write(int events, int rate) throws IOException, InterruptedException {
    load.write(events, rate);
  }

  /** Begins to write events; the row goes on. */
  void writing(int events, int rate) {
    writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                load.write(events, rate);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("cannot write events", e);
              }
            },
            command -> new Thread(command, "load").start());
  }

  boolean isWriting() {
    return !writing.isDone();
  }

  int written() {
    return load.written();
  }

  void joinWriting() throws InterruptedException, ExecutionException {
    writing.get();
  }

  /** Waits until so many events are written. */
  void awaitWritten(int events) {
    awaitThat(events + " written", () -> load.written() >= events || !isWriting());
  }

  /** Waits until a receiver has seen so many different events. */
  void awaitSeen(Receiver receiver, int events) {
    awaitTrue(receiver.name + " saw " + events, () -> receiver.seen().distinct() >= events);
  }

  void awaitTrue(String what, Callable<Boolean> condition) {
    await(what).atMost(patience).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  void awaitThat(String what, BooleanSupplier condition) {
    awaitTrue(what, condition::getAsBoolean);
  }

  /** How long the row waits for what must happen at last. */
  Scene patience(int seconds) {
    patience = Duration.ofSeconds(seconds);
    return this;
  }

  /** How long a fault lasts; nothing waits for a result with it. */
  void last(double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
  }

  /** A fault that reaches these receivers is over. */
  void fault(Receiver... reached) {
    for (Receiver receiver : reached) {
      expect(receiver).faults++;
    }
    faultEnded = System.nanoTime();
  }

  /** A fault that reaches all receivers is over. */
  void faultForAll() {
    expectations.values().forEach(each -> each.faults++);
    faultEnded = System.nanoTime();
  }

  /** The last of what all workers said. */
  String said() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Worker worker : workers) {
      all.append(tail(worker.said()));
    }
    return all.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod")
  void note(String text, Object... values) {
    notes.add(text.formatted(values));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  void problem(String text, Object... values) {
    problems.add(text.formatted(values));
  }

  /** Writes one more event and waits until all receivers that want it have it. */
  void awaitFresh() throws Exception {
    writing.get();
    load.write(1, 1_000);
    for (Expectation each : expectations.values()) {
      awaitTrue(
          each.receiver.name + " has a fresh event",
          () -> each.receiver.seen().times(load.written() - 1) > 0 || !wantsLast(each));
    }
  }

  /** Waits until the receivers have got nothing for three seconds. */
  void awaitQuiet() throws IOException, InterruptedException {
    int before = -1;
    int still = 0;
    while (still < 30) {
      int now = 0;
      for (Expectation each : expectations.values()) {
        now += each.receiver.seen().distinct() + each.receiver.seen().repeats();
      }
      still = now == before ? still + 1 : 0;
      before = now;
      Thread.sleep(100);
    }
  }

  // --- the judge

  /**
   * What a receiver lacks at the end must be what the worker said that it dropped.
   *
   * @param unconfirmed how many of those the receiver may have read when it was killed, before it
   *     could confirm them: they are dropped for all that the worker knows
   */
  void countedLoss(Worker worker, Receiver receiver, int unconfirmed) {
    expect(receiver).mayLose = Integer.MAX_VALUE;
    afterwards.add(
        () -> {
          long counted = Counted.dropped(worker.process().said(), receiver.name);
          int lost = expect(receiver).lost(load.written());
          note("%s: dropped and counted %d", receiver.name, counted);
          if (counted < lost || counted > lost + unconfirmed) {
            problem("%s: lost %d, counted %d", receiver.name, lost, counted);
          }
        });
  }

  /** What a receiver lacks at the end must be what was counted. */
  void countedLoss(Receiver receiver, LongSupplier counted) {
    expect(receiver).mayLose = Integer.MAX_VALUE;
    afterwards.add(
        () -> {
          int lost = expect(receiver).lost(load.written());
          note("%s: lost and counted %d", receiver.name, counted.getAsLong());
          if (counted.getAsLong() != lost) {
            problem("%s: lost %d, counted %d", receiver.name, lost, counted.getAsLong());
          }
        });
  }

  /** A check that is made when the workers have ended. */
  interface Check {
    void run() throws Exception;
  }

  /** Writes one more event, waits until all have come, ends the workers, and judges. */
  Verdict verdict() throws Exception {
    writing.get();
    load.write(1, 1000);
    boolean complete = awaitAll();
    if (!complete) {
      problem("not all came within %d s of quiet", patience.toSeconds());
    }
    long recovered = complete ? (System.nanoTime() - faultEnded) / 1_000_000 : -1;
    if (!afterwards.isEmpty()) {
      awaitQuiet();
    }
    for (Worker worker : workers) {
      if (!worker.process().alive()) {
        problem("the worker ended: %s", tail(worker.process().said()));
      } else if (!worker.process().terminate()) {
        problem("the worker did not end within 30 s of SIGTERM");
      }
      if (worker.deadLetters() > 0 && !lettersWanted) {
        problem("%d dead letters", worker.deadLetters());
      }
    }
    for (Check check : afterwards) {
      check.run();
    }
    int lost = 0;
    int repeated = 0;
    for (Expectation each : expectations.values()) {
      Seen seen = each.receiver.seen();
      lost += each.lost(load.written());
      repeated += seen.repeats();
      each.mayRepeat = (int) Math.min(Integer.MAX_VALUE, each.mayRepeat + (long) load.again());
      problems.addAll(each.problems(load.written()));
      note(
          "%s: seen %d, again %d, torn %d, connections %d, latest %d ms (event %d)",
          each.receiver.name,
          seen.distinct(),
          seen.repeats(),
          seen.torn(),
          each.receiver.connections(),
          seen.worstLag(),
          seen.latest());
    }
    return new Verdict(
        load.written(), lost, repeated, recovered, List.copyOf(problems), String.join("; ", notes));
  }

  /** Until nothing more is missing than may be, or nothing has come for as long as is patient. */
  private boolean awaitAll() throws IOException, InterruptedException {
    long before = -1;
    long last = System.nanoTime();
    while (System.nanoTime() - last < patience.toNanos()) {
      long now = 0;
      boolean complete = true;
      for (Expectation each : expectations.values()) {
        now += each.receiver.seen().distinct();
        complete &= each.receiver.seen().times(load.written() - 1) > 0 || !wantsLast(each);
        complete &= each.lost(load.written()) <= each.mayLose;
      }
      if (complete) {
        return true;
      }
      if (now != before) {
        before = now;
        last = System.nanoTime();
      }
      Thread.sleep(100);
    }
    return false;
  }

  private boolean wantsLast(Expectation each) {
    return each.wanted.test(load.written() - 1);
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4000));
  }

  @Override
  public void close() {
    IllegalStateException first = null;
    writing.cancel(true);
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = new IllegalStateException("cannot clean up " + folder);
        }
        first.addSuppressed(e);
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
