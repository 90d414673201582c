package dev.camelsiem.letters;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.durable.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;

/**
 * Which events have been replayed: for each the number of the replay, which is higher than those of
 * the letters that it was made of. A line for each, with a key and a number in hex; the last one of
 * a key counts. Not thread-safe.
 */
final class Ledger {
  /** So many events are remembered; then those are forgotten whose letters are gone. */
  static final int MOST = 1_000_000;

  /** A key that no event has, with the highest number that was ever given. */
  private static final long HIGHEST = 0;

  /** A file with fewer lines is not worth to be written again. */
  private static final int LEAST_LINES = 1_000;

  private final Path file;
  private final int most;
  private LongMap replayed = new LongMap();

  /** In the file, old ones of the same keys among them. */
  private long written;

  private Ledger(Path file, int most) {
    this.file = file;
    this.most = most;
  }

  /** One that knows nothing, and is no file. */
  static Ledger empty() {
    return new Ledger(Path.of(""), MOST);
  }

  /** Reads the ledger beside a file of letters; what a crash left of a line is left out. */
  static Ledger load(Path letters) throws IOException {
    return load(letters, MOST);
  }

  /**
   * The same.
   *
   * @param most events that it takes
   */
  static Ledger load(Path letters, int most) throws IOException {
    Ledger ledger = new Ledger(LetterSegments.beside(letters, "replayed", "replayed"), most);
    if (Files.exists(ledger.file)) {
      boolean unused =
          FileLines.each(
              ledger.file,
              (bytes, from, to) -> {
                ledger.read(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
                return true;
              });
    }
    return ledger;
  }

  private void read(String line) {
    written++;
    int blank = line.indexOf(' ');
    try {
      long number = blank < 0 ? 0 : Long.parseLong(line, blank + 1, line.length(), 16);
      if (number > 0) {
        replayed.put(Long.parseUnsignedLong(line, 0, blank, 16), number);
      }
    } catch (NumberFormatException e) {
      return; // torn, or not ours
    }
  }

  /** The number of an event's last replay; 0 when it has had none. */
  long replay(long key) {
    return replayed.get(key);
  }

  int size() {
    return replayed.size();
  }

  boolean isFull() {
    return size() >= most;
  }

  /** Notes events as replayed; on disk on return. */
  void add(Collection<Long> keys, long number) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (long key : keys) {
      append(lines, key, number);
    }
    Set<java.nio.file.OpenOption> options =
        Set.of(CREATE, WRITE, APPEND, LinkOption.NOFOLLOW_LINKS);
    boolean fresh = !Files.exists(file);
    try (FileChannel channel = FileChannel.open(file, options, DurableFiles.ownerOnly())) {
      if (channel.size() > 0) { // what a crash left of a line ends here
        lines.insert(0, '\n');
      }
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
    if (fresh) {
      DurableFiles.syncFolder(DurableFiles.folderOf(file));
    }
    keys.forEach(key -> replayed.put(key, number));
    written += keys.size();
    CrashPoint.reached("after-ledger");
    if (written > 2L * Math.max(size(), LEAST_LINES)) {
      keep(replayed, highest()); // without the old lines of the same keys
    }
  }

  /**
   * Forgets events that are not among others.
   *
   * @param wanted belongs to the ledger from now on
   * @param highest number that was ever given
   */
  void keep(LongMap wanted, long highest) throws IOException {
    wanted.put(HIGHEST, highest);
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Set<java.nio.file.OpenOption> options =
        Set.of(CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(fresh, options, DurableFiles.ownerOnly())) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      wanted.each(
          (key, number) -> {
            StringBuilder line = new StringBuilder();
            append(line, key, number);
            out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
          });
      out.flush();
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.syncFolder(DurableFiles.folderOf(file));
    replayed = wanted;
    written = wanted.size();
  }

  /** The highest number in it. */
  long highest() {
    long[] highest = {0};
    replayed.each((key, number) -> highest[0] = Math.max(highest[0], number));
    return highest[0];
  }

  private static void append(StringBuilder lines, long key, long number) {
    lines.append(Long.toHexString(key)).append(' ').append(Long.toHexString(number)).append('\n');
  }
}
