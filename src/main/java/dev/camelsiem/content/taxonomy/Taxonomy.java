package dev.camelsiem.content.taxonomy;

import dev.camelsiem.lang.compile.FieldCatalog;
import dev.camelsiem.lang.value.FieldType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that formulas may set and read. Immutable. */
public final class Taxonomy implements FieldCatalog {
  private static final String RESOURCE = "taxonomy.csv";
  private static final int COLUMNS = 4;

  private final Map<String, TaxonomyField> fields;

  private Taxonomy(Map<String, TaxonomyField> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /** The taxonomy that ships with this build. */
  public static Taxonomy standard() {
    return Standard.TAXONOMY;
  }

  /** All fields by name. */
  public Collection<TaxonomyField> fields() {
    return fields.values();
  }

  /** All names, sorted. */
  @Override
  public Set<String> names() {
    return fields.keySet();
  }

  /** The field of this name, or null. */
  public @Nullable TaxonomyField find(String name) {
    return fields.get(name);
  }

  @Override
  public @Nullable FieldType typeOf(String name) {
    TaxonomyField field = fields.get(name);
    return field == null ? null : field.type();
  }

  @Override
  public List<String> valuesOf(String name) {
    TaxonomyField field = fields.get(name);
    return field == null ? List.of() : field.values();
  }

  private static Taxonomy load() {
    try (InputStream in = Taxonomy.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One field a line: name, type, who sets it, values between bars. */
  private static Taxonomy read(BufferedReader csv) throws IOException {
    Map<String, TaxonomyField> fields = new LinkedHashMap<>();
    boolean heading = true;
    for (String line = csv.readLine(); line != null; line = csv.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (!heading) {
        TaxonomyField field = field(cut(line, ','));
        fields.put(field.name(), field);
      }
      heading = false;
    }
    return new Taxonomy(fields);
  }

  private static TaxonomyField field(List<String> cells) {
    if (cells.size() != COLUMNS) {
      throw new IllegalStateException("taxonomy: not " + COLUMNS + " cells: " + cells);
    }
    String values = cells.get(3);
    return new TaxonomyField(
        cells.get(0),
        FieldType.valueOf(cells.get(1)),
        TaxonomyField.SetBy.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
        values.isEmpty() ? List.of() : cut(values, '|'));
  }

  private static List<String> cut(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return List.copyOf(parts);
  }

  private static final class Standard {
    static final Taxonomy TAXONOMY = load();
  }
}
