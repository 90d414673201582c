package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.value.FieldType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event fields that a formula may name. The language asks; the taxonomy answers. */
public interface FieldCatalog {
  /** The type of a field; null when nobody knows the field. */
  @Nullable FieldType typeOf(String field);

  /** All known names, for near-name hints. */
  Collection<String> names();

  /** The values that an enumerated field may take; empty when any value is fine. */
  default List<String> valuesOf(String field) {
    return List.of();
  }
}
