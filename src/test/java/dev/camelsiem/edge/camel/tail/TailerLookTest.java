package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A folder that is read while its files are renamed shows each of them by one of the names that it
 * had meanwhile, or not at all.
 */
class TailerLookTest {
  private static final String MISSED = "missed";

  /** Every name that a file has had when the third rotation is over, the last one last. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "1", List.of("app.log", "app.log.1", "app.log.2", "app.log.3"),
          "3", List.of("app.log", "app.log.1", "app.log.2"),
          "4", List.of("app.log", "app.log.1"),
          "5", List.of("app.log"));

  @TempDir Path folder;
  private TailSteps tail;

  @AfterEach
  void close() {
    tail.close();
  }

  static Stream<Arguments> views() {
    return allViews()
        .flatMap(
            view ->
                isOfLogAlone(view)
                    ? Stream.of(Arguments.of("app.log", view), Arguments.of("app.log*", view))
                    : Stream.of(Arguments.of("app.log*", view)));
  }

  /** What a look shows each file as, by the first line of the file. */
  private static Stream<Map<String, String>> allViews() {
    List<Map<String, String>> views = List.of(Map.of());
    for (String file : List.of("1", "3", "4", "5")) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> view : views) {
        for (String name : NAMES.get(file)) {
          longer.add(with(view, file, name));
        }
        longer.add(with(view, file, MISSED));
      }
      views = longer;
    }
    return views.stream().filter(TailerLookTest::hasEachNameOnce);
  }

  private static Map<String, String> with(Map<String, String> view, String file, String name) {
    Map<String, String> longer = new LinkedHashMap<>(view);
    longer.put(file, name);
    return longer;
  }

  private static boolean hasEachNameOnce(Map<String, String> view) {
    Set<String> names = new HashSet<>();
    return view.values().stream().allMatch(name -> name.equals(MISSED) || names.add(name));
  }

  private static boolean isOfLogAlone(Map<String, String> view) {
    return Set.of("app.log", MISSED).containsAll(view.values());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("views")
  void whateverALookHasMissedIsReadInItsTurn(String pattern, Map<String, String> view)
      throws IOException {
    rotateThrice(pattern);
    tail.look(seen(view));
    tail.look();
    tail.read(1);

    tail.hasRead("1", "2", "3", "4", "5");
  }

  /** What is renamed after it was seen can't be opened; one view takes three rotations at once. */
  static Stream<Map<String, String>> torn() {
    Map<String, String> torn = Map.of("1", "app.log", "3", MISSED, "4", "app.log.1", "5", MISSED);
    return allViews().filter(view -> !view.equals(torn));
  }

  @ParameterizedTest
  @MethodSource("torn")
  void whatIsReadBeforeTheNextLookIsInItsTurn(Map<String, String> view) throws IOException {
    rotateThrice("app.log*");
    tail.look(seen(view));
    tail.read(1);
    tail.look();
    tail.read(1);

    tail.hasRead("1", "2", "3", "4", "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.log", "app.log*"})
  void whatWaitedInSeveralFilesIsReadInOrderAfterRestarts(String pattern) throws IOException {
    tail = new TailSteps(folder, pattern);
    tail.write("app.log", "1\n");
    tail.look();
    rotate();
    tail.write("app.log", "2\n");
    rotate();
    tail.write("app.log", "3\n");
    tail.restart();
    tail.look();
    tail.write("app.log", "4\n");
    tail.restart();

    tail.look();
    tail.read(1);

    tail.hasRead("1", "2", "3", "4");
  }

  @Test
  void whatTookANameSinceAFileWasSeenIsNotTakenForIt() throws IOException {
    tail = new TailSteps(folder, "app.log*");
    FoundFile first = Folders.at(tail.write("app.log", "1\n"));
    tail.look();
    tail.read(1);
    tail.look(List.of()); // missed, and closed
    tail.look(List.of());
    rotate();
    tail.write("app.log", "2\n");

    tail.look(List.of(first));
    tail.look();
    tail.read(1);

    tail.hasRead("1", "2");
  }

  /** The name is no link itself, but stands in a folder that is one. */
  @Test
  void whatHadTheNameInAFolderBeforeItsLinkWasSwitchedIsRead() throws IOException {
    Path before = Files.createDirectory(folder.resolve("before"));
    Path after = Files.createDirectory(folder.resolve("after"));
    Path link = Files.createSymbolicLink(folder.resolve("current"), before);
    tail = new TailSteps(folder, "current/app.log");
    tail.write("before/app.log", "1\n");
    tail.look();
    tail.read(1);
    tail.write("before/app.log", "2\n");
    Files.move(before.resolve("app.log"), before.resolve("app.log.1"));
    tail.write("before/app.log", "3\n");
    Files.delete(link);
    Files.createSymbolicLink(link, after);
    tail.write("after/app.log", "4\n");

    tail.look();
    tail.read(1);

    tail.hasRead("1", "2", "3", "4");
  }

  /** A line in each file, and one more in the first that was read. */
  private void rotateThrice(String pattern) throws IOException {
    tail = new TailSteps(folder, pattern);
    tail.write("app.log", "1\n");
    tail.look();
    tail.read(1);
    tail.write("app.log", "2\n");
    rotate();
    tail.write("app.log", "3\n");
    rotate();
    tail.write("app.log", "4\n");
    rotate();
    tail.write("app.log", "5\n");
  }

  private void rotate() throws IOException {
    for (int i = 3; i >= 0; i--) {
      Path file = folder.resolve(i == 0 ? "app.log" : "app.log." + i);
      if (Files.exists(file)) {
        Files.move(file, folder.resolve("app.log." + (i + 1)));
      }
    }
  }

  private List<FoundFile> seen(Map<String, String> view) throws IOException {
    Map<String, FoundFile> byFirstLine = new HashMap<>();
    for (String now : NAMES.get("1")) {
      Path path = folder.resolve(now);
      byFirstLine.put(Files.readAllLines(path).get(0), Folders.at(path));
    }
    List<FoundFile> seen = new ArrayList<>();
    view.forEach(
        (line, name) -> {
          if (!name.equals(MISSED)) {
            FoundFile file = byFirstLine.get(line);
            Path path = folder.resolve(name);
            seen.add(
                new FoundFile(
                    file.key(), path, path, file.size(), file.modified(), file.created()));
          }
        });
    return seen;
  }
}
