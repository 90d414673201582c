package dev.camelsiem.letters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The dead-letter files that this process has open: several Kamelet instances may name the same
 * file, and one writer serves them all. Thread-safe.
 */
public final class LetterStores {
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private LetterStores() {}

  /**
   * Opens the file or joins those who have it open.
   *
   * @throws IllegalArgumentException when they have it open with other limits
   */
  public static LetterStore acquire(Path path, LetterLimits limits) throws IOException {
    synchronized (OPEN) {
      Path key = path.toAbsolutePath().normalize();
      Shared shared = OPEN.get(key);
      if (shared == null) {
        shared = new Shared(new LetterStore(key, limits), limits);
        OPEN.put(key, shared);
      }
      if (!shared.limits.equals(limits)) {
        throw new IllegalArgumentException(
            "%s is in use with other limits: %s, not %s".formatted(path, shared.limits, limits));
      }
      shared.users++;
      return shared.file;
    }
  }

  /** Closes the file when its last user leaves. */
  public static void release(Path path) throws IOException {
    synchronized (OPEN) {
      Path key = path.toAbsolutePath().normalize();
      Shared shared = OPEN.get(key);
      if (shared != null && --shared.users == 0) {
        OPEN.remove(key);
        shared.file.close();
      }
    }
  }

  private static final class Shared {
    private final LetterStore file;
    private final LetterLimits limits;
    private int users;

    Shared(LetterStore file, LetterLimits limits) {
      this.file = file;
      this.limits = limits;
    }
  }
}
