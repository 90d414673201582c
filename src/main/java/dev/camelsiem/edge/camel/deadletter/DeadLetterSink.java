package dev.camelsiem.edge.camel.deadletter;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.letters.LetterDesk;
import dev.camelsiem.letters.LetterLimits;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import dev.camelsiem.letters.LetterStore;
import dev.camelsiem.letters.LetterStores;
import dev.camelsiem.supervise.SupervisedLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step of {@code siem-deadletter-sink}: keeps what a message carries as lines of JSON, synced
 * to disk before the exchange completes, and replays letters when the command line asks for it.
 * Thread-safe once started.
 */
public final class DeadLetterSink extends ServiceSupport implements Processor, CamelContextAware {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

  private @Nullable CamelContext context;
  private Path path = Path.of("data", "dead-letters.ndjson");
  private long maxBytes = 1L << 30;
  private long segmentBytes = 8L << 20;
  private WhenFull whenFull = WhenFull.dropOldest;
  private long originBytes;
  private Duration originPeriod = Duration.ofDays(1);
  private Duration maxAge = Duration.ofDays(30);
  private volatile @Nullable LetterStore store;
  private @Nullable SupervisedLoop desk;

  @Override
  public void process(Exchange exchange) throws IOException {
    List<DeadLetter> letters = FailedExchange.letters(exchange);
    if (!letters.isEmpty()) {
      opened().append(letters, FailedExchange.route(exchange));
    }
  }

  /** Opens the file, so that a wrong path fails at start and not with the first dead letter. */
  @Override
  protected void doStart() {
    LetterStore open = opened();
    CamelContext camel = context;
    if (camel != null) {
      LetterDesk work = new LetterDesk(open, new RouteTarget(camel));
      desk = SupervisedLoop.start("siem-dead-letters", () -> serve(open, work));
    }
  }

  /** Of several sinks with one file, one has the desk; another takes it when that one stops. */
  private static void serve(LetterStore letters, LetterDesk work)
      throws IOException, InterruptedException {
    boolean mine = false;
    try {
      while (true) {
        mine = mine || letters.takeDesk();
        if (mine) {
          work.look();
        }
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    } finally {
      if (mine) {
        letters.leaveDesk();
      }
    }
  }

  private LetterStore opened() {
    LetterStore opened = store;
    return opened != null ? opened : open();
  }

  private synchronized LetterStore open() {
    LetterStore opened = store;
    if (opened == null) {
      try {
        LetterLimits limits =
            new LetterLimits(maxBytes, segmentBytes, whenFull, originBytes, originPeriod, maxAge);
        opened = LetterStores.acquire(path, limits);
        store = opened;
      } catch (IOException e) {
        throw new RuntimeCamelException("dead letters can't be written to " + path, e);
      }
    }
    return opened;
  }

  @Override
  protected void doStop() throws IOException, InterruptedException {
    SupervisedLoop working = desk;
    desk = null;
    try {
      if (working != null) {
        working.stop();
        boolean unused = working.join(LONGEST_BATCH); // else it may go on after the next start
      }
    } finally {
      closeStore();
    }
  }

  private synchronized void closeStore() throws IOException {
    LetterStore opened = store;
    if (opened != null) {
      store = null;
      LetterStores.release(path);
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

  /** What one origin may add in a period; 0 for an eighth of all. */
  public void setOriginBytes(long originBytes) {
    this.originBytes = originBytes;
  }

  /** In seconds. */
  public void setOriginPeriod(long originPeriod) {
    this.originPeriod = Duration.ofSeconds(originPeriod);
  }

  public void setMaxAgeDays(long maxAgeDays) {
    this.maxAge = Duration.ofDays(maxAgeDays);
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.context = camelContext;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return context;
  }
}
