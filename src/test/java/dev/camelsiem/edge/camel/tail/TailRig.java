package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tailer on a thread of its own that collects what it delivers, and can be refused to. */
final class TailRig {
  final Path folder;
  final TailConfiguration configuration;
  final List<RawEvent> events = new CopyOnWriteArrayList<>();
  final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  volatile boolean refusing;
  volatile Step whenTaken = () -> {};
  private final AtomicInteger refused = new AtomicInteger();
  private Losses losses = new Losses();
  OpenFiles.@Nullable Opener opener;
  private @Nullable Tailer tailer;
  private @Nullable Thread thread;

  TailRig(Path folder) {
    this(folder, new TailConfiguration());
  }

  TailRig(Path folder, TailConfiguration configuration) {
    this.folder = folder;
    this.configuration = configuration;
    configuration.setPaths(folder + "/*.log");
    configuration.setCheckpoint(folder.resolve("state/checkpoint").toString());
    configuration.setPollInterval(5);
    configuration.setScanInterval(10);
    configuration.setBatchTimeout(5);
    configuration.setCheckpointInterval(0);
    configuration.setRetryDelay(5);
    configuration.setMaxRetryDelay(20);
    configuration.setCloseAfter(100);
  }

  TailRig with(Consumer<TailConfiguration> change) {
    change.accept(configuration);
    return this;
  }

  TailRig start() throws IOException {
    OpenFiles open =
        opener == null
            ? new OpenFiles(configuration.getMaxOpenFiles())
            : new OpenFiles(configuration.getMaxOpenFiles(), opener);
    Tailer started = new Tailer(configuration.copy(), this::take, open);
    tailer = started;
    losses = started.losses();
    thread = new Thread(started, "tail under test");
    thread.start();
    return this;
  }

  /** What is done with the thread that delivers. */
  interface Step {
    void run() throws Exception;
  }

  private void take(Batch batch) throws Exception {
    if (refusing) {
      refused.incrementAndGet();
      throw new IllegalStateException("refused");
    }
    letters.addAll(batch.letters());
    events.addAll(batch.events());
    whenTaken.run();
  }

  void stop() throws InterruptedException {
    Tailer running = tailer;
    Thread started = thread;
    if (running != null && started != null) {
      running.stop();
      started.join(TimeUnit.MINUTES.toMillis(1));
      assertThat(started.isAlive()).isFalse();
      tailer = null;
    }
  }

  /** Asks for the end and does not wait for it. */
  void askToStop() {
    running().stop();
  }

  Tailer running() {
    return Objects.requireNonNull(tailer);
  }

  /** The thread that tails, for measuring it. */
  long threadId() {
    Thread started = thread;
    return started == null ? -1 : started.getId();
  }

  /** What the tailer that was started last could not read. */
  Losses losses() {
    return losses;
  }

  int refused() {
    return refused.get();
  }

  List<String> lines() {
    return events.stream().map(RawEvent::toString).toList();
  }

  void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(lines()).endsWith(lines));
    assertThat(lines()).containsExactly(lines);
  }

  /** Waits until all of these and nothing else have come, in whatever order. */
  void awaitSet(String... lines) {
    await().untilAsserted(() -> assertThat(lines()).contains(lines));
    assertThat(lines()).containsExactlyInAnyOrder(lines);
  }

  void awaitCount(int count) {
    await().until(() -> events.size() >= count);
    assertThat(events).hasSize(count);
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to));
  }

  /** Waits until the tailer has looked at all files once more. */
  void awaitScan() throws IOException {
    int before = events.size();
    write("scan-marker-" + System.nanoTime() + ".log", "marker\n");
    await().until(() -> events.size() > before);
    events.removeIf(event -> event.toString().equals("marker"));
  }

  /** What the checkpoint says of each file now. */
  String checkpointText() throws IOException {
    Path file = Path.of(configuration.getCheckpoint());
    return Files.exists(file) ? SavedPlaces.text(file) : "";
  }
}
