package dev.camelsiem.letters;

import dev.camelsiem.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** What one who only looks at letters may ask about them. */
public final class Replayed {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Ledger ledger;

  private Replayed(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Reads what has been replayed of the letters of a file. */
  public static Replayed of(Path letters) throws IOException {
    return new Replayed(Ledger.load(letters));
  }

  /** As if nothing had been replayed. */
  public static Replayed nothing() {
    return new Replayed(Ledger.empty());
  }

  /** Whether all events of a letter have been replayed since it was written. */
  public boolean isReplayed(Letter letter) {
    return LetterEvents.refusal(letter).isEmpty()
        && LetterEvents.of(letter).stream()
            .allMatch(event -> ledger.replay(letter.key(event.id())) > letter.number());
  }

  /** Why the events of a letter can't be had back; empty when they can. */
  public static String refusal(Letter letter) {
    return LetterEvents.refusal(letter);
  }

  /** Whether a process has the letters open, so that it can do what is asked for. */
  public static boolean isOpen(Path letters) throws IOException {
    if (!Files.isDirectory(DurableFiles.folderOf(letters))) {
      return false;
    }
    try (FileChannel lock = DurableFiles.lock(letters)) {
      return lock == null;
    }
  }

  /**
   * Removes letters for good while nobody has them open.
   *
   * @param sums whether to forget all sums, too
   * @throws IOException when somebody has
   */
  public static RequestOutcome purge(Path letters, Predicate<Letter> gone, boolean sums)
      throws IOException {
    LetterLimits limits =
        new LetterLimits(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            LetterLimits.WhenFull.refuse,
            Long.MAX_VALUE,
            FOR_EVER,
            FOR_EVER);
    try (LetterStore store = new LetterStore(letters, limits)) {
      return LetterDesk.purge(store, gone, sums, 0);
    }
  }
}
