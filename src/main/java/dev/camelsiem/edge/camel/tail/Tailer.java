package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.supervise.Backoff;
import dev.camelsiem.supervise.SupervisedLoop;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails files on one thread: finds them, cuts them into lines, hands batch after batch to a {@link
 * BatchDelivery} and saves the places reached once they are delivered.
 *
 * <p>One batch is under way at a time and is tried until it is accepted, so the order of each file
 * is kept and nothing overtakes a failed batch; one more is read meanwhile. {@link #run} is the
 * thread; {@link #stop}, {@link #pause} and {@link #resume} may come from any other.
 */
final class Tailer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);
  static final String NAME = "siem-tail";
  private static final long LONGEST_RETRY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final TailConfiguration configuration;
  private final FileChannel lock;
  private final Losses losses = new Losses();
  private final OpenFiles open;
  private final FolderWatch watch;
  private final Saver saver;
  private final Collector collector;
  private final SupervisedLoop loop = new SupervisedLoop(NAME, this::tail);
  private final BatchDelivery delivery;
  private volatile boolean stopping;
  private volatile boolean paused;

  Tailer(TailConfiguration configuration, BatchSink sink) throws IOException {
    this(configuration, sink, new OpenFiles(configuration.getMaxOpenFiles()));
  }

  /**
   * Loads the checkpoint and takes it for itself.
   *
   * @throws IOException when the checkpoint can't be read, or another tail has it
   */
  Tailer(TailConfiguration configuration, BatchSink sink, OpenFiles open) throws IOException {
    configuration.validate();
    this.configuration = configuration;
    this.open = open;
    Checkpoint checkpoint = new Checkpoint(Path.of(configuration.getCheckpoint()));
    DurableFiles.createFolderOf(checkpoint.file());
    FileChannel taken = DurableFiles.lock(checkpoint.file());
    if (taken == null) {
      throw new IOException(
          "another tail uses the checkpoint %s: give each its own with the option checkpoint"
              .formatted(checkpoint.file().toAbsolutePath()));
    }
    lock = taken;
    List<TailedFile> saved = load(checkpoint);
    FileTable table = table(checkpoint, saved);
    saver =
        new Saver(
            checkpoint,
            table.all(),
            TimeUnit.MILLISECONDS.toNanos(configuration.getCheckpointInterval()),
            System::nanoTime);
    if (saved == null) {
      saver.mark(); // so that the next start knows that it is not the first
    }
    watch = new FolderWatch(String.valueOf(checkpoint.file().getFileName()));
    collector = new Collector(configuration, table, open, watch, saver);
    Backoff retries =
        new Backoff(
            Duration.ofMillis(Math.min(LONGEST_RETRY_MILLIS, configuration.getRetryDelay())),
            Duration.ofMillis(Math.min(LONGEST_RETRY_MILLIS, configuration.getMaxRetryDelay())));
    delivery = new BatchDelivery(sink, saver, watch, retries, this::isHalted);
  }

  private boolean isHalted() {
    return stopping || paused;
  }

  private @Nullable List<TailedFile> load(Checkpoint checkpoint) throws IOException {
    try {
      return checkpoint.load();
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  private FileTable table(Checkpoint checkpoint, @Nullable List<TailedFile> saved) {
    List<PathPattern> excludes = new ArrayList<>(PathPattern.list(configuration.getExclude()));
    Path own = checkpoint.file().toAbsolutePath().normalize();
    excludes.add(new PathPattern(own.toString()));
    Scanner scanner =
        new Scanner(
            PathPattern.list(configuration.getPaths()),
            excludes,
            configuration.isFollowLinksOutside());
    return new FileTable(
        scanner,
        open,
        losses,
        TimeUnit.MILLISECONDS.toNanos(configuration.getCloseAfter()),
        saved == null ? List.of() : saved,
        saved == null && configuration.getStartAt() == TailConfiguration.StartAt.end);
  }

  @Override
  public void run() {
    try {
      loop.run();
    } finally {
      delivery.end();
      saver.saveIfNeeded();
      open.closeAll();
      losses.sum();
      release();
    }
  }

  /** What could not be read. */
  Losses losses() {
    return losses;
  }

  /**
   * Tails until it is told to stop. When this is called again after something was thrown, the batch
   * that was being read is forgotten and its lines are read again, behind the one under way.
   */
  private void tail() throws InterruptedException {
    awaitTurn(new Batch(1, 1));
    collector.rewind();
    while (!stopping) {
      step();
    }
  }

  private void step() throws InterruptedException {
    Batch batch = new Batch(configuration.getBatchSize(), configuration.getBatchBytes());
    collector.fill(batch, delivery, this::isHalted);
    awaitTurn(batch);
    if (stopping) {
      return;
    }
    if (batch.hasUnsavedSource()) {
      saver.mark();
      saver.saveIfNeeded(); // before anybody sees the ids: a crash must not change them
    }
    if (batch.isEmpty()) {
      saver.delivered(batch);
    } else {
      delivery.begin(batch);
    }
  }

  /** Waits until nothing is under way any more and the tail is not paused, or is stopped. */
  private void awaitTurn(Batch batch) throws InterruptedException {
    while (!stopping && (paused || delivery.isUnderWay())) {
      delivery.await(Math.min(configuration.getPollInterval(), configuration.getScanInterval()));
      collector.lookWhenDue(batch); // so that files that are rotated meanwhile are held open
    }
  }

  private void release() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("Can't release the checkpoint: {}", e.toString());
    }
  }

  /** Ends {@link #run} after the delivery that is under way. */
  void stop() {
    stopping = true;
    loop.stop();
    watch.wake();
  }

  /** Begins no further delivery until {@link #resume}. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }
}
