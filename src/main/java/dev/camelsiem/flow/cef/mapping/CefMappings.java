package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.content.rulepackage.SourceReader;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds mappings by location and loads them whole or not at all. */
public final class CefMappings {
  /** Security events of a container security platform. */
  public static final String CONTAINER_SECURITY =
      "classpath:dev/camelsiem/cef/container-security.yaml";

  /** Normalized events, whatever rule made them. */
  public static final String NORMALIZED = "classpath:dev/camelsiem/cef/normalized.yaml";

  /** The same with name and sentence in Russian. */
  public static final String NORMALIZED_RU = "classpath:dev/camelsiem/cef/normalized-ru.yaml";

  /** Normalized events as LEEF. */
  public static final String NORMALIZED_LEEF = "classpath:dev/camelsiem/cef/normalized-leef.yaml";

  /** All mappings that ship with this jar. */
  public static final List<String> SHIPPED =
      List.of(CONTAINER_SECURITY, NORMALIZED, NORMALIZED_RU, NORMALIZED_LEEF);

  private static final Logger LOG = LoggerFactory.getLogger(CefMappings.class);
  private static final String CLASSPATH = "classpath:";
  private static final String FILE = "file:";

  private CefMappings() {}

  /**
   * Loads a mapping; warnings are logged.
   *
   * @param location {@code classpath:...}, {@code file:...} or a path
   * @throws InvalidMappingException when the mapping has errors
   * @throws IllegalArgumentException when nothing can be read there
   */
  public static CefMapping load(String location) {
    CefMappingLoader.Loaded loaded = check(location);
    CefMapping mapping = loaded.mapping();
    if (mapping == null) {
      throw new InvalidMappingException(location, loaded.findings());
    }
    for (Diagnostic warning : loaded.findings()) {
      LOG.warn("{}", warning.headline());
    }
    return mapping;
  }

  /**
   * Loads mappings in their order.
   *
   * @param locations one or several, separated by commas; blanks around them do not count
   * @throws InvalidMappingException when a mapping has errors
   * @throws IllegalArgumentException when nothing can be read at a location, or a place is empty
   */
  public static List<CefMapping> loadAll(String locations) {
    List<CefMapping> mappings = new ArrayList<>();
    for (String location : locations.split(",", -1)) {
      if (location.isBlank()) {
        throw new IllegalArgumentException(
            "mapping `" + locations + "` has an empty place; give files or classpath:...");
      }
      mappings.add(load(location.strip()));
    }
    return List.copyOf(mappings);
  }

  /**
   * Checks a mapping without complaint about its errors.
   *
   * @throws IllegalArgumentException when nothing can be read there
   */
  public static CefMappingLoader.Loaded check(String location) {
    return CefMappingLoader.load(source(location), CefMappings::parent);
  }

  /**
   * The text of a mapping as it is.
   *
   * @throws IllegalArgumentException when nothing can be read there
   */
  public static String text(String location) {
    return source(location).text();
  }

  /** A relative path is one from the file that names it. */
  private static SourceFile parent(String location, SourceFile child) {
    boolean absolute = location.startsWith(CLASSPATH) || location.startsWith(FILE);
    if (absolute) {
      return source(location);
    }
    if (child.name().startsWith(CLASSPATH)) {
      return source(child.name().substring(0, child.name().lastIndexOf('/') + 1) + location);
    }
    return source(Path.of(child.name()).resolveSibling(location).normalize().toString());
  }

  private static SourceFile source(String location) {
    try {
      if (location.startsWith(CLASSPATH)) {
        String path = location.substring(CLASSPATH.length());
        return new SourceFile(location, text(classpath(path)));
      }
      String path = location.startsWith(FILE) ? location.substring(FILE.length()) : location;
      byte[] bytes = SourceReader.bytes(Path.of(path), SourceReader.LARGEST_SOURCE);
      return new SourceFile(path, text(bytes));
    } catch (InvalidPathException e) {
      throw unreadable(location, "no path", e);
    } catch (IOException e) {
      throw unreadable(location, SourceReader.reason(e), e);
    }
  }

  private static IllegalArgumentException unreadable(
      String location, String reason, Exception cause) {
    return new IllegalArgumentException(
        "mapping %s cannot be read: %s; give a file or a shipped one: %s"
            .formatted(location, reason, String.join(", ", SHIPPED)),
        cause);
  }

  private static String text(byte[] bytes) throws IOException {
    if (bytes.length > SourceReader.LARGEST_SOURCE) {
      throw new IOException("larger than " + SourceReader.LARGEST_SOURCE + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    }
  }

  private static byte[] classpath(String path) throws IOException {
    String name = path.startsWith("/") ? path.substring(1) : path;
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    InputStream in = context == null ? null : context.getResourceAsStream(name);
    if (in == null) {
      in = CefMappings.class.getResourceAsStream("/" + name);
    }
    if (in == null) {
      throw new IOException("not on the class path");
    }
    try (InputStream open = in) {
      return open.readNBytes(SourceReader.LARGEST_SOURCE + 1);
    }
  }
}
