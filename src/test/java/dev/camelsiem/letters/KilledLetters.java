package dev.camelsiem.letters;

import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.nio.file.Path;
import java.time.Duration;

/** Writes letters of two origins beyond the quota until it is done or halted; says each. */
final class KilledLetters {
  static final LetterLimits LIMITS =
      new LetterLimits(
          20_000, 3_000, WhenFull.dropOldest, 1 << 30, Duration.ofDays(1), Duration.ofDays(30));

  private KilledLetters() {}

  public static void main(String[] arguments) throws Exception {
    int from = Integer.parseInt(arguments[1]);
    try (LetterStore store = new LetterStore(Path.of(arguments[0]), LIMITS)) {
      for (int i = from; i < from + 400; i++) {
        store.append(
            LetterStoreTest.letters(i % 3 == 0 ? "/a" : "tcp://192.0.2.1:9", i + 1L, 1, "x" + i),
            null);
        System.out.println("written " + i);
      }
    }
  }
}
