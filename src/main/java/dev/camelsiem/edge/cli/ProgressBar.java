package dev.camelsiem.edge.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line on the terminal that shows how far long work has come; nothing when there is no terminal.
 * Thread-safe.
 */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 50_000_000;

  private final PrintWriter err;
  private final boolean visible;
  private final String what;
  private final AtomicInteger done = new AtomicInteger();
  private volatile int total;
  private long drawnAt;

  ProgressBar(PrintWriter err, boolean visible, String what) {
    this.err = err;
    this.visible = visible;
    this.what = what;
  }

  /** True when a person looks at the output. */
  @SuppressWarnings("SystemConsoleNull") // that newer Java always has a console is asked below
  static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // before Java 22 there is a console on a terminal only
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  void total(int newTotal) {
    total = newTotal;
  }

  /** One more is done. */
  void step() {
    int now = done.incrementAndGet();
    if (visible) {
      draw(now);
    }
  }

  private synchronized void draw(int now) {
    long time = System.nanoTime();
    if (time - drawnAt < REDRAW_NANOS && drawnAt != 0) {
      return;
    }
    drawnAt = time;
    int full = total == 0 ? 0 : Math.min(WIDTH, WIDTH * now / total);
    String count = total == 0 ? Integer.toString(now) : now + "/" + total;
    err.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + count + " " + what);
    err.flush();
  }

  /** Takes the line away again. */
  @Override
  public void close() {
    if (visible && drawnAt != 0) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
