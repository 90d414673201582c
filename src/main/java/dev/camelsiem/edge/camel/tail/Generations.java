package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.text.Ascii;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rotated files are named: the name of the file, then a number or a date, as in {@code
 * app.log.1}, {@code app.log-20261127}, {@code 0.log.20261127-101500} and {@code
 * app-2026-11-27.log}.
 */
final class Generations {
  /** Of one name, so many of the youngest are taken up at once. */
  static final int MOST = 1_000;

  /** Before an ending only a date counts: app-2.log may be another log beside app.log. */
  private static final int DIGITS_OF_DATE = 6;

  private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst", ".zip");

  private Generations() {}

  /** Whether a name is that of a rotated file, not packed. */
  static boolean isRotated(String name, String candidate) {
    int dot = name.lastIndexOf('.');
    return isMarked(candidate, name, "", 1)
        || (dot > 0
            && isMarked(candidate, name.substring(0, dot), name.substring(dot), DIGITS_OF_DATE));
  }

  /** The names of which a name may be that of a rotated file, the longest first. */
  static List<String> bases(String candidate) {
    List<String> bases = new ArrayList<>(0);
    int ending = candidate.lastIndexOf('.');
    for (int i = candidate.length() - 1; i > 0; i--) {
      if (".-_".indexOf(candidate.charAt(i)) >= 0) {
        String base = candidate.substring(0, i);
        if (isRotated(base, candidate)) {
          bases.add(base);
        }
        if (ending > i && isRotated(base + candidate.substring(ending), candidate)) {
          bases.add(base + candidate.substring(ending));
        }
      }
    }
    return bases;
  }

  /** Whether between a beginning and an end there is a separator and then so many digits. */
  private static boolean isMarked(String candidate, String begin, String end, int leastDigits) {
    int from = begin.length();
    int to = candidate.length() - end.length();
    if (to - from < 2 || !candidate.startsWith(begin) || !candidate.endsWith(end)) {
      return false;
    }
    int digits = 0;
    for (int i = from; i < to; i++) {
      char c = candidate.charAt(i);
      boolean isDigit = Ascii.isDigit(c);
      digits += isDigit ? 1 : 0;
      if (!isDigit && (i == from ? ".-_".indexOf(c) < 0 : ".-_T:+Z".indexOf(c) < 0)) {
        return false;
      }
    }
    return digits >= leastDigits;
  }

  /** The name without the ending of a packed file; null when it has none. */
  static @Nullable String unpacked(String candidate) {
    for (String suffix : PACKED) {
      if (candidate.endsWith(suffix)) {
        return candidate.substring(0, candidate.length() - suffix.length());
      }
    }
    return null;
  }

  /**
   * The rotated files of some names that were changed at or after a time, the oldest first. Of more
   * than {@value #MOST} the youngest.
   *
   * @param since epoch nanoseconds
   * @param packed whether packed ones are wanted, or the others
   */
  static List<FoundFile> of(Collection<Path> names, long since, boolean packed, Folders folders) {
    List<FoundFile> generations = folders.generations(names, packed);
    generations.removeIf(file -> file.modified() < since);
    int size = generations.size();
    return new ArrayList<>(generations.subList(Math.max(0, size - MOST), size));
  }
}
