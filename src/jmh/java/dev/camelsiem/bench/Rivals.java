package dev.camelsiem.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Other engines on the same events. The Grok libraries carry pattern files of the same names, so
 * that each gets a class loader in which its own jar comes first.
 */
final class Rivals {
  private static final Map<String, String> JARS =
      Map.of(
          "opensearch-grok", "dev.camelsiem.bench.OpenSearchGrokRival",
          "java-grok", "dev.camelsiem.bench.JavaGrokRival");

  private Rivals() {}

  /**
   * An engine for a workload: takes an event, gives a Map of fields, empty when nothing matches.
   */
  static Function<byte[], Object> of(String engine, String workload) {
    return switch (engine) {
      case "jackson-map" -> jacksonMap();
      case "jackson-tokens" -> jacksonTokens();
      default -> grok(engine, GrokPatterns.of(workload));
    };
  }

  private static Function<byte[], Object> jacksonMap() {
    ObjectMapper mapper = new ObjectMapper();
    return event -> {
      try {
        return mapper.readValue(event, Map.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Reads all tokens and looks at no text: the least that parsing with Jackson costs. */
  private static Function<byte[], Object> jacksonTokens() {
    JsonFactory factory = new JsonFactory();
    return event -> {
      try (JsonParser parser = factory.createParser(event)) {
        int tokens = 0;
        while (parser.nextToken() != null) {
          tokens++;
        }
        return Map.of("tokens", tokens);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static Function<byte[], Object> grok(String engine, List<String> expressions) {
    String className = JARS.get(engine);
    try {
      // Not closed: the engine loads classes as long as it lives.
      ClassLoader loader =
          new URLClassLoader(classPath(engine), ClassLoader.getPlatformClassLoader());
      return (Function<byte[], Object>)
          Class.forName(className, true, loader)
              .getConstructor(List.class)
              .newInstance(expressions);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no engine " + engine, e);
    }
  }

  /** Our class path with the engine's own jar in front and those of the other engines left out. */
  private static URL[] classPath(String engine) {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (JARS.keySet().stream().anyMatch(jar -> name.startsWith(jar) && !jar.equals(engine))) {
        continue;
      }
      try {
        urls.add(name.startsWith(engine) ? 0 : urls.size(), Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException(entry, e);
      }
    }
    return urls.toArray(new URL[0]);
  }
}
