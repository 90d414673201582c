package dev.camelsiem.flow.cef.mapping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that a format knows, each with its type and limit. Immutable. */
public final class CefDictionary {
  /**
   * One key of the dictionary.
   *
   * @param type as the standard says, lower case: {@code string}, {@code integer}, {@code ipv4} ...
   * @param maxLength limit in characters, or -1 when the standard gives none
   */
  public record Entry(String key, String fullName, String type, int maxLength) {}

  private static final CefDictionary STANDARD = read("/dev/camelsiem/cef/cef-dictionary.csv");
  private static final CefDictionary LEEF = read("/dev/camelsiem/cef/leef-dictionary.csv");

  private final Map<String, Entry> entries;

  private CefDictionary(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** The extension dictionary of the CEF standard. */
  public static CefDictionary standard() {
    return STANDARD;
  }

  /** The predefined event attributes of LEEF; it is open to others. */
  public static CefDictionary leef() {
    return LEEF;
  }

  public @Nullable Entry find(String key) {
    return entries.get(key);
  }

  public boolean contains(String key) {
    return entries.containsKey(key);
  }

  public Set<String> keys() {
    return entries.keySet();
  }

  private static CefDictionary read(String resource) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (InputStream in =
            Objects.requireNonNull(CefDictionary.class.getResourceAsStream(resource), resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.readLine(); // the names of the columns
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> cells = cells(line);
        int limit = cells.get(3).isEmpty() ? -1 : Integer.parseInt(cells.get(3));
        entries.put(cells.get(0), new Entry(cells.get(0), cells.get(1), cells.get(2), limit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CefDictionary(entries);
  }

  /** Cells of a CSV line; quotes protect commas. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
