package dev.camelsiem.delivery.log;

import dev.camelsiem.testing.Noise;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that appends numbered events and reads them, until it is done or halted. It prints
 * {@code acked N} for what was appended and {@code committed N} for what a cursor was saved at.
 */
public final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    PrintStream out = System.out;
    try (EventLog log = EventLog.open(folder, Entries.uncached(2000))) {
      Cursor slow = log.cursor("slow");
      Cursor fast = log.cursor("fast");
      int from = (int) log.end().sequence();
      for (int i = from; i < from + 60; i++) {
        log.append(List.of(Entries.entry("event " + i + " " + Noise.text(i, 100))));
        out.println("acked " + i);
        LogBatch batch = fast.next(Duration.ZERO);
        if (batch != null) {
          fast.commit(batch.end());
          fast.save();
        }
        if (i % 3 == 0) {
          batch = slow.next(Duration.ZERO);
          slow.commit(batch.end());
          slow.save();
          out.println("committed " + slow.committed().sequence());
          log.keepHouse();
        }
      }
    }
    out.println("end");
  }
}
