package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.describe.DescribedField;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that a normalized event can have: those of the taxonomy and of descriptions. */
public final class NormalizedFields {
  private static final Taxonomy TAXONOMY = Taxonomy.standard();
  private static final Set<String> NAMES = all();

  private NormalizedFields() {}

  /** Sorted. */
  public static Set<String> names() {
    return NAMES;
  }

  /** The only words that a field can have; empty when it can have any. */
  static List<String> wordsOf(String field) {
    return TAXONOMY.valuesOf(field);
  }

  private static Set<String> all() {
    Set<String> names = new TreeSet<>(TAXONOMY.names());
    Arrays.stream(DescribedField.values()).map(DescribedField::field).forEach(names::add);
    return Collections.unmodifiableSet(names);
  }
}
