package dev.camelsiem.durable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Places where a crash test halts the process: {@code -Ddev.camelsiem.crash=NAME:N} halts at the
 * N-th time that NAME is reached. Without the property nothing happens.
 */
public final class CrashPoint {
  /** What a halted process exits with, as one that was killed. */
  public static final int EXIT_CODE = 137;

  private static final @Nullable String NAME;
  private static final AtomicLong LEFT = new AtomicLong();

  private static volatile @Nullable Consumer<String> listener;

  static {
    String wanted = System.getProperty("dev.camelsiem.crash");
    int colon = wanted == null ? -1 : wanted.lastIndexOf(':');
    NAME = wanted == null || colon < 0 ? null : wanted.substring(0, colon);
    if (wanted != null && colon >= 0) {
      LEFT.set(Long.parseLong(wanted.substring(colon + 1)));
    }
  }

  private CrashPoint() {}

  /** Hears of each place, in a test of this process; null for nobody. */
  public static void listen(@Nullable Consumer<String> hearing) {
    listener = hearing;
  }

  /** Says that a place was reached. */
  public static void reached(String name) {
    Consumer<String> hearing = listener;
    if (hearing != null) {
      hearing.accept(name);
    }
    if (NAME != null && NAME.equals(name) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
