package dev.camelsiem.letters;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes letters beyond the quota, and has no descriptor left for a while when room is being made;
 * says how many it has written.
 */
final class StarvedLetters {
  private static final LetterLimits LIMITS =
      new LetterLimits(
          1 << 18,
          1 << 14,
          LetterLimits.WhenFull.dropOldest,
          1 << 30,
          Duration.ofDays(1),
          Duration.ofDays(30));

  private StarvedLetters() {}

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    loadClasses();
    int appended = 0;
    try (LetterStore store = new LetterStore(path, LIMITS)) {
      while (Sums.read(path).isEmpty()) {
        appended = LetterTroubleTest.appendThinly(store, appended);
      }
      List<FileInputStream> held = starve();
      try {
        for (int i = 0; i < 5; i++) {
          appended = LetterTroubleTest.appendThinly(store, appended);
        }
      } catch (IOException e) {
        System.out.println("refused: " + e);
      } finally {
        for (FileInputStream each : held) {
          each.close();
        }
      }
      for (int i = 0; i < 50; i++) {
        appended = LetterTroubleTest.appendThinly(store, appended);
      }
    }
    System.out.println("appended " + appended);
  }

  /** None can be loaded from a folder without a descriptor. */
  private static void loadClasses() throws IOException, ClassNotFoundException {
    Path here = Path.of(LetterStore.class.getResource("LetterStore.class").getPath()).getParent();
    try (var files = Files.list(here)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> unused =
              Class.forName("dev.camelsiem.letters." + name.substring(0, name.length() - 6));
        }
      }
    }
    Path folder = Files.createTempDirectory("starved");
    try {
      Files.createDirectory(folder.resolve("x"));
      boolean unused = FileLines.each(folder.resolve("x"), (bytes, from, to) -> true);
    } catch (UnreadableException e) {
      org.slf4j.LoggerFactory.getLogger(StarvedLetters.class).error("as a rehearsal", e);
    }
  }

  private static List<FileInputStream> starve() {
    List<FileInputStream> held = new ArrayList<>();
    while (true) {
      try {
        held.add(new FileInputStream("/dev/null"));
      } catch (IOException e) {
        System.out.println(e.getMessage());
        return held;
      }
    }
  }
}
