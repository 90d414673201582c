package dev.camelsiem.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Expected outputs that lie in files. {@code -Dgolden.update=true} writes what came out instead of
 * comparing, except on CI.
 */
public final class GoldenFiles {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private GoldenFiles() {}

  /** All files below a folder of the test resources whose names end so, sorted. */
  public static List<Path> find(String folder, String ending) {
    try (Stream<Path> paths = Files.walk(RESOURCES.resolve(folder))) {
      List<Path> found =
          paths.filter(path -> path.getFileName().toString().endsWith(ending)).sorted().toList();
      assertThat(found).as("cases in %s", folder).isNotEmpty();
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a case: its path below the folder, without ending. */
  public static String name(String folder, Path file) {
    String path = RESOURCES.resolve(folder).relativize(file).toString().replace('\\', '/');
    return path.substring(0, path.lastIndexOf('.'));
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares a text with a file, or writes it there. */
  public static void check(Path file, String actual) {
    if (isUpdate()) {
      write(file, actual);
      return;
    }
    if (!Files.exists(file)) {
      fail("%s is missing; -Dgolden.update=true writes it:%n%s", file, actual);
    }
    assertThat(actual)
        .as("%s differs; when the new text is right, -Dgolden.update=true accepts it", file)
        .isEqualTo(read(file));
  }

  private static boolean isUpdate() {
    boolean update = Boolean.getBoolean("golden.update");
    if (update && System.getenv("CI") != null) {
      fail("golden files are not updated on CI");
    }
    return update;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
