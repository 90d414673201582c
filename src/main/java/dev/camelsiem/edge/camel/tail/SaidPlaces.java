package dev.camelsiem.edge.camel.tail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of which files a checkpoint says what, to tell what is new without it. Not thread-safe. */
final class SaidPlaces {
  private final Map<String, Said> byKey = new HashMap<>();
  private int round;

  /** What is said of a key, and in which round it was there last. */
  private static final class Said {
    TailedFile file;
    long stamp;
    int round;

    Said(TailedFile file) {
      this.file = file;
    }
  }

  /** Whether it is this file of which something is said, and not one that had its key before. */
  boolean knows(TailedFile file) {
    Said said = byKey.get(file.key);
    return said != null && said.file == file;
  }

  /** All that is said is what these are now. */
  void all(Collection<TailedFile> files) {
    byKey.clear();
    begin();
    files.forEach(this::isNews);
  }

  /** Begins a round, in which each file that there is must be asked for. */
  void begin() {
    round++;
  }

  /** Whether something else, or nothing, is said of a file; takes it for said. */
  boolean isNews(TailedFile file) {
    long stamp = SavedPlace.stamp(file);
    Said said = byKey.get(file.key);
    boolean news = said == null || said.stamp != stamp;
    if (said == null) {
      said = new Said(file);
      byKey.put(file.key, said);
    }
    said.file = file;
    said.stamp = stamp;
    said.round = round;
    return news;
  }

  /** The keys that were not asked for in this round; takes them for removed. */
  List<String> removed() {
    List<String> removed = new ArrayList<>(0);
    byKey
        .entrySet()
        .removeIf(
            said -> {
              boolean gone = said.getValue().round != round;
              if (gone) {
                removed.add(said.getKey());
              }
              return gone;
            });
    return removed;
  }
}
