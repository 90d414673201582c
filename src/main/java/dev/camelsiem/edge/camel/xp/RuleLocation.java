package dev.camelsiem.edge.camel.xp;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * Turns what a user names as rules into a folder: a path, {@code file:...}, {@code classpath:...}.
 */
final class RuleLocation {
  private static final String FILE = "file:";
  private static final String CLASSPATH = "classpath:";

  private RuleLocation() {}

  static Path folder(CamelContext context, String location) {
    if (location.startsWith(CLASSPATH)) {
      return onClassPath(context, location.substring(CLASSPATH.length()));
    }
    String path = location.startsWith(FILE) ? location.substring(FILE.length()) : location;
    return Path.of(path);
  }

  private static Path onClassPath(CamelContext context, String name) {
    URL url = context.getClassResolver().loadResourceAsURL(name);
    if (url == null) {
      throw new IllegalArgumentException(
          "option rules: there is no folder `" + name + "` on the class path");
    }
    try {
      URI uri = url.toURI();
      return "file".equals(uri.getScheme()) ? Path.of(uri) : inJar(uri);
    } catch (URISyntaxException | IOException e) {
      throw new IllegalArgumentException(
          "option rules: `" + name + "` on the class path cannot be opened", e);
    }
  }

  /** A folder inside a jar; the jar stays open, because others may read it as well. */
  private static Path inJar(URI uri) throws IOException {
    FileSystem jar;
    try {
      jar = FileSystems.newFileSystem(uri, Map.of());
    } catch (FileSystemAlreadyExistsException e) {
      jar = FileSystems.getFileSystem(uri);
    }
    String inside = uri.toString();
    return jar.getPath(inside.substring(inside.indexOf("!/") + 1));
  }
}
