package dev.camelsiem.content.taxonomy;

import dev.camelsiem.lang.value.FieldType;
import java.util.List;

/**
 * A field of the taxonomy.
 *
 * @param name flat; its dots are no tree
 * @param values what the field may hold, in the order in which people list them; empty when
 *     anything
 */
public record TaxonomyField(String name, FieldType type, SetBy setBy, List<String> values) {
  /** Who gives a field its value. */
  public enum SetBy {
    /** The formula of a rule. */
    RULE,
    /** The envelope of the raw event; formulas may read it. */
    INPUT,
    /** The SIEM, after normalization. */
    SYSTEM
  }
}
