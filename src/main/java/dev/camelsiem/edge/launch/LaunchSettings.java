package dev.camelsiem.edge.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to run: route files and the property files beside them.
 *
 * @param routes existing route files, in the order in which they were named
 * @param properties property files in the order in which they are read; a later one wins
 */
public record LaunchSettings(List<Path> routes, List<Path> properties) {
  /** The pipelines that run when nothing is named: security events, and raw events by rules. */
  public static final String DEFAULT_ROUTES =
      "routes/container-security.camel.yaml,routes/syslog-xp-siem.camel.yaml";

  private static final String BESIDE = "application.properties";

  public LaunchSettings {
    routes = List.copyOf(routes);
    properties = List.copyOf(properties);
  }

  /**
   * Finds the files: a folder stands for all its {@code *.camel.yaml}; {@code
   * application.properties} beside a route file is read too.
   *
   * @throws LaunchException when a file is missing or a folder holds no routes
   */
  public static LaunchSettings of(List<String> named) throws LaunchException {
    List<Path> routes = new ArrayList<>();
    Set<Path> properties = new LinkedHashSet<>();
    for (String name : named.isEmpty() ? List.of(DEFAULT_ROUTES.split(",")) : named) {
      Path path = Path.of(name.strip());
      if (name.endsWith(".properties")) {
        properties.add(existing(path));
      } else if (Files.isDirectory(path)) {
        routes.addAll(routesIn(path));
      } else {
        routes.add(existing(path));
      }
    }
    Set<Path> all = new LinkedHashSet<>();
    for (Path route : routes) {
      Path beside = route.resolveSibling(BESIDE);
      if (Files.exists(beside)) {
        all.add(beside);
      }
    }
    all.addAll(properties);
    return new LaunchSettings(routes, List.copyOf(all));
  }

  private static Path existing(Path path) throws LaunchException {
    if (!Files.isReadable(path)) {
      throw new LaunchException(
          path
              + ": no such file (seen from "
              + Path.of("").toAbsolutePath()
              + "); name a *.camel.yaml file, a folder of them, or start where they can be seen");
    }
    return path;
  }

  private static List<Path> routesIn(Path folder) throws LaunchException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.camel.yaml")) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new LaunchException(folder + ": cannot be read: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new LaunchException(folder + ": holds no *.camel.yaml file");
    }
    found.sort(null);
    return found;
  }
}
