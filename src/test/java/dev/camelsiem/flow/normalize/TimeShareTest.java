package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeShareTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicLong now = new AtomicLong(-5);
  private final TimeShare share = new TimeShare(now::get);

  @Test
  void aPartOfTheTimeIsUsedHoweverOftenItIsAskedFor() {
    long used = 0;
    long all = 0;
    while (all < 60_000 * MILLI) {
      long work = MILLI / 10;
      now.addAndGet(work);
      all += work;
      if (share.begin()) {
        long taken = 3 * MILLI;
        now.addAndGet(taken);
        share.end();
        all += taken;
        used += taken;
      }
    }
    assertThat(used).isBetween(all / TimeShare.PART * 9 / 10, all / TimeShare.PART * 11 / 10);
  }

  @Test
  void questionsInARowAreAnsweredFromWhatWasSavedUpAndNoMore() {
    now.addAndGet(TimeUnit.HOURS.toNanos(10));
    int answered = 0;
    while (share.begin()) {
      now.addAndGet(MILLI);
      share.end();
      answered++;
    }
    assertThat(answered).isEqualTo((int) (TimeShare.MOST_NANOS / MILLI));
  }

  @Test
  void whatTookTooLongIsMadeUpFor() {
    assertThat(share.begin()).isTrue();
    now.addAndGet(1_000 * MILLI);
    share.end();
    now.addAndGet((1_000 - 10) * MILLI * TimeShare.PART);
    assertThat(share.begin()).isFalse();
    now.addAndGet(1);
    assertThat(share.begin()).isTrue();
  }
}
