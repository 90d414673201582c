package dev.camelsiem.integration.delivery;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One batch on its way to several outlets: done when each of them has it delivered, durably spooled
 * or refused. Thread-safe.
 */
public final class Delivery {
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<DeadLetter> refused = new ArrayList<>();
  private final int outlets;
  private int remaining;
  private long onlyOneLeftSince;

  /**
   * @param outlets how many outlets get the batch
   */
  public Delivery(int outlets) {
    this.outlets = outlets;
    this.remaining = outlets;
    this.onlyOneLeftSince = System.nanoTime();
    if (outlets == 0) {
      done.countDown();
    }
  }

  /** Waits until every outlet has answered; outlets answer within seconds, whatever their SIEM. */
  public void await() throws InterruptedException {
    done.await();
  }

  /** What found no room in a spool; complete once {@link #await} has returned. */
  public synchronized List<DeadLetter> refused() {
    return List.copyOf(refused);
  }

  /**
   * An outlet has the batch.
   *
   * @return for how many nanoseconds it alone kept the batch waiting; 0 unless it was the last of
   *     several
   */
  synchronized long done() {
    remaining--;
    if (remaining == 1) {
      onlyOneLeftSince = System.nanoTime();
    }
    if (remaining > 0) {
      return 0;
    }
    done.countDown();
    return outlets > 1 ? System.nanoTime() - onlyOneLeftSince : 0;
  }

  /** An outlet could neither deliver nor keep the batch: its events become dead letters. */
  synchronized void refuse(String integration, EncodedBatch batch, String why) {
    long now = System.currentTimeMillis();
    for (int i = 0; i < batch.size(); i++) {
      RawEvent line =
          new RawEvent(
              batch.array(), batch.start(i), batch.end(i), "integration:" + integration, i, now);
      refused.add(new DeadLetter(line, StopReason.UNDELIVERABLE, why, "delivery"));
    }
    done();
  }
}
