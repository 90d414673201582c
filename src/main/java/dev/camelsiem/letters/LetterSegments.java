package dev.camelsiem.letters;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.text.Ascii;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The full files beside the one that is written: {@code dead-letters.ndjson} leaves {@code
 * dead-letters.1.ndjson}, {@code dead-letters.2.ndjson} and so on; the lowest number is the oldest.
 * Not thread-safe.
 */
final class LetterSegments {
  private static final String ASIDE = ".damaged";

  private final Path path;
  private final Path folder;
  private final String stem;
  private final String suffix;

  /** A full file with its size. */
  record Segment(Path file, long bytes) {}

  LetterSegments(Path path) {
    this.path = path;
    this.folder = DurableFiles.folderOf(path);
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    this.stem = dot <= 0 ? name : name.substring(0, dot);
    this.suffix = dot <= 0 ? "" : name.substring(dot);
  }

  /**
   * Something else that belongs to the letters: {@code dead-letters.ndjson.ENDING}; where that is
   * not there, the name that an older version gave it, if that is: {@code dead-letters.OLD}, which
   * all files of the same stem had together.
   */
  static Path beside(Path letters, String ending, String old) {
    LetterSegments names = new LetterSegments(letters);
    Path own = names.folder.resolve(letters.getFileName() + "." + ending);
    Path before = names.folder.resolve(names.stem + "." + old);
    boolean isOld =
        Files.exists(before)
            && !Files.exists(own)
            && !Files.exists(names.folder.resolve(names.stem)); // whose own it would be
    return isOld ? before : own;
  }

  /** The full files and the one that is written, the oldest first. */
  static List<Path> files(Path letters) throws IOException {
    LetterSegments segments = new LetterSegments(letters);
    List<Path> files = new ArrayList<>(segments.archived());
    if (Files.exists(letters)) {
      files.add(letters);
    }
    return files;
  }

  /** The full files, the oldest first. */
  List<Path> archived() throws IOException {
    return list().stream().map(Segment::file).toList();
  }

  /** The same with their sizes; people move such files away, or there, by hand. */
  List<Segment> list() throws IOException {
    return List.copyOf(sizes().values());
  }

  /**
   * Gives the file that was written until now the next number; somebody may have taken it.
   *
   * @return its name from now on, or null when somebody has taken the file itself
   */
  @Nullable Path archive() throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    NavigableMap<Long, Segment> there = sizes();
    long number = there.isEmpty() ? 1 : there.lastKey() + 1;
    while (Files.exists(aside(numbered(number)))) {
      number++; // one that is mended gets its name again
    }
    Path numbered = numbered(number);
    Files.move(path, numbered);
    DurableFiles.syncFolder(folder);
    return numbered;
  }

  /** Whether a full file was put aside and is there still. */
  boolean isAnyAside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.contains(ASIDE) && isOfOurs(name));
    }
  }

  /** Takes a file out of those that are looked at; tells where it is now. */
  Path putAside(Path file) throws IOException {
    Path aside = aside(file);
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(file.getFileName() + ASIDE + "." + i);
    }
    Files.move(file, aside);
    DurableFiles.syncFolder(folder);
    return aside;
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ASIDE);
  }

  /** Deletes the copies that a crash has left of files that were being written again. */
  void deleteCopies() throws IOException {
    List<Path> copies = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (Rewrite.isCopy(name) && isOfOurs(name)) {
          copies.add(file);
        }
      }
    }
    for (Path copy : copies) {
      Files.deleteIfExists(copy);
    }
  }

  /** Whether a name begins as that of a full file, and goes on behind it. */
  private boolean isOfOurs(String name) {
    int end = stem.length() + 1;
    while (end < name.length() && Ascii.isDigit(name.charAt(end))) {
      end++;
    }
    return name.startsWith(suffix + ".", end)
        && numberOf(name.substring(0, end + suffix.length())) > 0;
  }

  private Path numbered(long number) {
    return folder.resolve(stem + "." + number + suffix);
  }

  private NavigableMap<Long, Segment> sizes() throws IOException {
    NavigableMap<Long, Segment> sizes = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return sizes;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        long number = numberOf(file.getFileName().toString());
        if (number > 0) {
          put(sizes, number, file);
        }
      }
    }
    return sizes;
  }

  private static void put(NavigableMap<Long, Segment> sizes, long number, Path file)
      throws IOException {
    try {
      sizes.put(number, new Segment(file, Files.size(file)));
    } catch (NoSuchFileException e) {
      sizes.remove(number); // somebody has removed it right now
    }
  }

  private long numberOf(String name) {
    int from = stem.length() + 1;
    int end = name.length() - suffix.length();
    boolean ours = name.startsWith(stem + ".") && name.endsWith(suffix) && end > from;
    if (!ours || end - from > 18) {
      return 0;
    }
    long number = 0;
    for (int i = from; i < end; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
