package dev.camelsiem.edge.camel.deadletter;

import dev.camelsiem.flow.event.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step of {@code siem-deadletter-sink}: keeps what a message carries as lines of JSON, synced
 * to disk before the exchange completes. Thread-safe once started.
 */
public final class DeadLetterSink extends ServiceSupport implements Processor {
  private Path path = Path.of("data", "dead-letters.ndjson");
  private long maxBytes = 1L << 30;
  private long segmentBytes = 64L << 20;
  private WhenFull whenFull = WhenFull.refuse;
  private volatile @Nullable LetterFile file;

  /** What to do with new letters when all files together are full; spelled as in the Kamelet. */
  public enum WhenFull {
    refuse,
    dropOldest
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    List<DeadLetter> letters = FailedExchange.letters(exchange);
    if (!letters.isEmpty()) {
      opened().append(letters);
    }
  }

  /** Opens the file, so that a wrong path fails at start and not with the first dead letter. */
  @Override
  protected void doStart() {
    opened();
  }

  private LetterFile opened() {
    LetterFile opened = file;
    return opened != null ? opened : open();
  }

  private synchronized LetterFile open() {
    LetterFile opened = file;
    if (opened == null) {
      try {
        LetterLimits limits =
            new LetterLimits(maxBytes, segmentBytes, whenFull == WhenFull.dropOldest);
        opened = LetterFiles.acquire(path, limits);
        file = opened;
      } catch (IOException e) {
        throw new RuntimeCamelException("dead letters can't be written to " + path, e);
      }
    }
    return opened;
  }

  @Override
  protected synchronized void doStop() throws IOException {
    if (file != null) {
      file = null;
      LetterFiles.release(path);
    }
  }

  public void setPath(String path) {
    this.path = Path.of(path);
  }

  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public void setSegmentBytes(long segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  public void setWhenFull(WhenFull whenFull) {
    this.whenFull = whenFull;
  }
}
