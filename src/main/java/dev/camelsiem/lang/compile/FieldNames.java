package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.value.FieldType;
import java.util.HashSet;
import java.util.Set;

/** Types of fields; a field that the taxonomy does not know is reported once a rule. */
final class FieldNames {
  private final SourceFile file;
  private final FieldCatalog catalog;
  private final Diagnostics diagnostics;
  private final Set<String> reported = new HashSet<>();

  FieldNames(SourceFile file, FieldCatalog catalog, Diagnostics diagnostics) {
    this.file = file;
    this.catalog = catalog;
    this.diagnostics = diagnostics;
  }

  FieldCatalog catalog() {
    return catalog;
  }

  void check(Expr.Field field) {
    type(field.name(), field.span());
  }

  /** The type of a field; an unknown one is a String (xp 7.1), a Number called port a port. */
  FieldType type(String name, Span span) {
    FieldType type = catalog.typeOf(name);
    if (type != null) {
      return type == FieldType.NUMBER && isPort(name) ? FieldType.PORT : type;
    }
    boolean misspelt = name.chars().anyMatch(c -> c > 127);
    if (!misspelt && reported.add(name)) {
      diagnostics.add(
          CompileCode.UNKNOWN_FIELD.at(file, span, name),
          () -> NearNames.hint(name, catalog.names()));
    }
    return FieldType.STRING;
  }

  private static boolean isPort(String name) {
    return name.endsWith(".port") || name.endsWith("_port");
  }
}
