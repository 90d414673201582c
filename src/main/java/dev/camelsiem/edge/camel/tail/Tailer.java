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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails files on one thread: finds them, cuts them into lines, delivers batch after batch and saves
 * the places reached once they are delivered.
 *
 * <p>One batch is under way at a time and is tried until it is accepted, so the order of each file
 * is kept and nothing overtakes a failed batch. {@link #run} is the thread; {@link #stop}, {@link
 * #pause} and {@link #resume} may come from any other.
 */
final class Tailer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

  /** A scan may take this part of the time, and so may saving: one tenth. */
  private static final int SHARE = 10;

  /** After so many events a place is saved before its time: they come again after a crash. */
  private static final int MOST_UNSAVED = 2_000;

  private static final long LONGEST_RETRY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final TailConfiguration configuration;
  private final BatchSink sink;
  private final Checkpoint checkpoint;
  private final FileChannel lock;
  private final FileTable table;
  private final LineReader reader;
  private final SupervisedLoop loop = new SupervisedLoop("siem-tail", this::tail);
  private final Backoff retries;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile boolean stopping;
  private volatile boolean paused;

  private List<TailedFile> order = List.of();
  private int next;
  private long nextScan = System.nanoTime();
  private long lastSave = System.nanoTime();
  private long saving;
  private boolean unsaved;
  private int unsavedEvents;
  private boolean saveFailed;

  /**
   * Loads the checkpoint and takes it for itself.
   *
   * @throws IOException when the checkpoint can't be read, or another tail has it
   */
  Tailer(TailConfiguration configuration, BatchSink sink) throws IOException {
    configuration.validate();
    this.configuration = configuration;
    this.sink = sink;
    retries =
        new Backoff(
            Duration.ofMillis(Math.min(LONGEST_RETRY_MILLIS, configuration.getRetryDelay())),
            Duration.ofMillis(Math.min(LONGEST_RETRY_MILLIS, configuration.getMaxRetryDelay())));
    checkpoint = new Checkpoint(Path.of(configuration.getCheckpoint()));
    DurableFiles.createFolderOf(checkpoint.file());
    FileChannel taken = DurableFiles.lock(checkpoint.file());
    if (taken == null) {
      throw new IOException(
          "another tail uses the checkpoint %s: give each its own with the option checkpoint"
              .formatted(checkpoint.file().toAbsolutePath()));
    }
    lock = taken;
    List<Checkpoint.Entry> saved = load();
    table =
        new FileTable(scanner(), configuration, saved == null ? List.of() : saved, atEnd(saved));
    unsaved = saved == null; // so that the next start knows that it is not the first
    reader = new LineReader(configuration.getMaxEventBytes());
  }

  private @Nullable List<Checkpoint.Entry> load() throws IOException {
    try {
      return checkpoint.load();
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  private boolean atEnd(@Nullable List<Checkpoint.Entry> saved) {
    return saved == null && configuration.getStartAt() == TailConfiguration.StartAt.end;
  }

  private Scanner scanner() {
    List<PathPattern> excludes = new ArrayList<>(PathPattern.list(configuration.getExclude()));
    Path own = checkpoint.file().toAbsolutePath().normalize();
    excludes.add(new PathPattern(own.toString()));
    return new Scanner(
        PathPattern.list(configuration.getPaths()), excludes, configuration.isFollowLinksOutside());
  }

  @Override
  public void run() {
    try {
      loop.run();
    } finally {
      saveIfNeeded();
      table.closeAll();
      release();
    }
  }

  /**
   * Tails until it is told to stop. When this is called again after something was thrown, the batch
   * that was under way is forgotten and its lines are read again.
   */
  private void tail() {
    reader.forget();
    table.all().forEach(TailedFile::rewind);
    while (!stopping) {
      step();
    }
  }

  private void step() {
    if (paused) {
      sleep(configuration.getPollInterval());
      return;
    }
    Batch batch = new Batch(configuration.getBatchSize(), configuration.getBatchBytes());
    fill(batch);
    if (batch.hasUnsavedSource()) {
      unsaved = true;
      saveIfNeeded(); // before anybody sees the ids: a crash must not change them
    }
    if (deliver(batch)) {
      unsaved |= batch.commit();
      unsavedEvents += batch.events().size();
      saveWhenDue();
    }
  }

  /** Collects lines until the batch is full or has waited long enough; may return it empty. */
  private void fill(Batch batch) {
    long wait = TimeUnit.MILLISECONDS.toNanos(configuration.getBatchTimeout());
    while (!stopping && !paused && !batch.isDue(System.nanoTime(), wait)) {
      scanWhenDue();
      if (!more(batch)) {
        if (batch.isEmpty()) {
          unsaved |= batch.commit();
          saveIfNeeded();
          sleep(configuration.getPollInterval());
        } else {
          sleep(Math.min(configuration.getBatchTimeout(), configuration.getPollInterval()));
        }
        lookAtOpenFiles();
      }
    }
  }

  /** Hands a few lines to the batch; false when no file has any now. */
  private boolean more(Batch batch) {
    if (reader.hasMore()) {
      reader.cut(batch);
      return true;
    }
    for (int i = 0; i < order.size(); i++) {
      TailedFile file = order.get((next + i) % order.size());
      boolean flush = isIdle(file);
      if ((file.hasUnreadLines() || flush) && isItsTurn(file)) {
        next = (next + i + 1) % order.size();
        read(file, batch, flush);
        return true;
      }
    }
    return false;
  }

  private void read(TailedFile file, Batch batch, boolean flush) {
    FileChannel channel = table.channel(file);
    if (channel == null) {
      return;
    }
    try {
      if (reader.read(file, channel, batch, flush)) {
        reader.cut(batch);
      }
    } catch (IOException e) {
      LOG.warn("Reading {} failed, trying again: {}", file, e.toString());
      reader.forget();
      file.stuckAt(file.size);
    }
  }

  /** True when a last line without line end has waited long enough. */
  private boolean isIdle(TailedFile file) {
    return file.size == file.stuckSize
        && file.size != file.offset
        && System.nanoTime() - file.stuckSince
            > TimeUnit.MILLISECONDS.toNanos(configuration.getIdleFlush());
  }

  /** A file that took the name of a rotated one waits until that one is read. */
  private static boolean isItsTurn(TailedFile file) {
    TailedFile before = file.predecessor;
    if (before != null && before.hasUnreadLines()) {
      return false;
    }
    file.predecessor = null;
    return true;
  }

  private void lookAtOpenFiles() {
    for (TailedFile file : order) {
      table.updateSize(file);
    }
  }

  private void scanWhenDue() {
    long start = System.nanoTime();
    if (start - nextScan >= 0) {
      if (table.refresh()) {
        unsaved = true;
        saveIfNeeded(); // a file that is known can be found again by whatever name
      }
      order = new ArrayList<>(table.all());
      next = order.isEmpty() ? 0 : next % order.size();
      lookAtOpenFiles();
      long end = System.nanoTime();
      long pause = TimeUnit.MILLISECONDS.toNanos(configuration.getScanInterval());
      nextScan = end + Math.max(pause, (end - start) * SHARE);
    }
  }

  /** Tries until the batch is accepted; false when the tail is stopped before. */
  private boolean deliver(Batch batch) {
    for (int attempt = 1; !batch.isEmpty(); attempt++) {
      while (paused && !stopping) {
        sleep(configuration.getPollInterval());
      }
      if (stopping) {
        return false;
      }
      try {
        sink.deliver(batch);
        return true;
      } catch (Exception e) { // whatever a route may throw: the batch comes again
        pauseAfter(attempt, batch, e);
      }
    }
    return true;
  }

  private void pauseAfter(int attempt, Batch batch, Exception failure) {
    long end = System.nanoTime();
    long pause = TimeUnit.NANOSECONDS.toMillis(retries.delay(attempt)) + 1;
    end += TimeUnit.MILLISECONDS.toNanos(pause);
    LOG.warn(
        "A batch of {} events was not accepted (attempt {}), it comes again in {} ms: {}",
        batch.events().size(),
        attempt,
        pause,
        String.valueOf(failure));
    LOG.debug("Not accepted", failure);
    while (!stopping && (paused || System.nanoTime() - end < 0)) {
      scanWhenDue(); // so that files that are rotated meanwhile are held open
      saveIfNeeded();
      sleep(Math.min(pause, configuration.getScanInterval()));
    }
  }

  private void saveWhenDue() {
    long interval = TimeUnit.MILLISECONDS.toNanos(configuration.getCheckpointInterval());
    long since = System.nanoTime() - lastSave;
    if (since >= interval
        || (unsavedEvents >= MOST_UNSAVED && !saveFailed && since >= saving * SHARE)) {
      saveIfNeeded();
    }
  }

  private void saveIfNeeded() {
    if (!unsaved) {
      return;
    }
    long start = System.nanoTime();
    try {
      checkpoint.save(table.all());
      unsaved = false;
      unsavedEvents = 0;
      saveFailed = false;
    } catch (IOException e) {
      if (!saveFailed) {
        LOG.error(
            "Can't save the checkpoint {}: events are delivered again after a restart: {}",
            checkpoint.file(),
            e.toString());
      }
      saveFailed = true;
    }
    lastSave = System.nanoTime();
    saving = lastSave - start;
  }

  private void release() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("Can't release the checkpoint {}: {}", checkpoint.file(), e.toString());
    }
  }

  private void sleep(long millis) {
    try {
      if (!stopping && wakeUp.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS)) {
        wakeUp.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true; // only a stop that has lost its patience interrupts
    }
  }

  /** Ends {@link #run} after the delivery that is under way. */
  void stop() {
    stopping = true;
    loop.stop();
    wakeUp.release();
  }

  /** Begins no further delivery until {@link #resume}. */
  void pause() {
    paused = true;
    wakeUp.release();
  }

  void resume() {
    paused = false;
    wakeUp.release();
  }
}
