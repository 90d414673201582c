package dev.camelsiem.letters;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with some letters by whoever has them open.
 *
 * @param file in the folder of requests; its name is the name of the request
 * @param again whether what was replayed before is replayed again
 * @param route the route to replay by, or null for the one that each came by
 * @param numbers of the letters
 * @param ids of letters that have no number
 * @param sums whether all sums are to be forgotten, too
 */
record Request(
    Path file,
    Kind kind,
    boolean again,
    @Nullable String route,
    LetterNumbers numbers,
    Set<String> ids,
    boolean sums) {
  enum Kind {
    REPLAY,
    PURGE
  }

  String name() {
    return file.getFileName().toString();
  }

  boolean wants(Letter letter) {
    return letter.number() > 0
        ? numbers.contains(letter.number())
        : ids.contains(letter.event().id().toString());
  }

  long letters() {
    return numbers.count() + ids.size();
  }
}
