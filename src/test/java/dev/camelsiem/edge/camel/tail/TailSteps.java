package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tail without a thread: the test says when it looks and when it reads. */
final class TailSteps {
  final Path folder;
  final TailConfiguration configuration = new TailConfiguration();
  final List<RawEvent> events = new ArrayList<>();
  Losses losses = new Losses();
  private OpenFiles open = new OpenFiles(16);
  private FileTable table;
  private FolderWatch watch = new FolderWatch("checkpoint");
  private Saver saver;
  private Collector collector;

  TailSteps(Path folder, String pattern) throws IOException {
    this.folder = folder;
    configuration.setPaths(folder + "/" + pattern);
    configuration.setCheckpoint(folder.resolve("state/checkpoint").toString());
    Files.createDirectories(folder.resolve("state"));
    restart();
  }

  /** As if it had been killed and started again. */
  void restart() throws IOException {
    close();
    open = new OpenFiles(16);
    watch = new FolderWatch("checkpoint");
    losses = new Losses();
    Checkpoint checkpoint = new Checkpoint(Path.of(configuration.getCheckpoint()));
    List<TailedFile> saved = checkpoint.load();
    table =
        new FileTable(
            new Scanner(
                PathPattern.list(configuration.getPaths()),
                PathPattern.list(configuration.getExclude()),
                false),
            open,
            losses,
            0,
            saved == null ? List.of() : saved,
            false);
    saver = new Saver(checkpoint, table.all(), 0, System::nanoTime);
    collector = new Collector(configuration, table, open, watch, saver);
  }

  void close() {
    open.closeAll();
    watch.wake(); // the machine has only a few of them
  }

  /** One look at all files; nothing is read. */
  void look() {
    collector.look(new Batch(1, 1));
  }

  /** A look that has found these. */
  void look(List<FoundFile> seen) {
    Map<String, FoundFile> found = new LinkedHashMap<>();
    seen.stream().sorted(FoundFile.BY_AGE).forEach(file -> found.put(file.key(), file));
    open.updateSizes();
    new Look(table, found).takeUp();
  }

  /** Reads all there is without a look, in batches of some events. */
  void read(int batchSize) {
    while (readOnce(batchSize)) {}
  }

  /** Reads one batch without a look, and has it accepted; false when there was nothing. */
  boolean readOnce(int batchSize) {
    open.updateSizes();
    Batch batch = new Batch(batchSize, 1 << 20);
    boolean more = true;
    while (more && !batch.isFull()) {
      more = collector.more(batch) || collector.settle(batch);
    }
    events.addAll(batch.events());
    saver.delivered(batch);
    return !batch.isEmpty();
  }

  /** Settles all files and reads a stretch of one. */
  void readInto(Batch batch) {
    collector.settle(batch);
    collector.more(batch);
  }

  /** Whether there is anything left to do. */
  boolean more() {
    return collector.more(new Batch(1000, 1 << 20));
  }

  Folders.Work work() {
    return table.work;
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(
        folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void copy(String from, String to) throws IOException {
    Files.copy(folder.resolve(from), folder.resolve(to));
  }

  void cut(String name) throws IOException {
    try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }

  void copyTruncate(String from, String to) throws IOException {
    copy(from, to);
    cut(from);
  }

  /** All of these have come, in this order, none twice, and nothing was lost. */
  void hasRead(String... lines) {
    assertThat(events.stream().map(RawEvent::toString)).containsExactly(lines);
    assertThat(events).extracting(RawEvent::id).doesNotHaveDuplicates();
    assertThat(losses.files()).isZero();
  }
}
