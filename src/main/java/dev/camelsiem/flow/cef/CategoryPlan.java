package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import java.util.ArrayList;
import java.util.List;

/** Finds the category of an event by the words in some of its fields. Immutable. */
final class CategoryPlan {
  /** No category. */
  static final int NONE = -1;

  private final List<String> keys;
  private final Rule[] rules;

  private record Rule(int category, ConditionPlan when) {}

  CategoryPlan(CefMapping mapping, FieldTable fields) {
    keys = List.copyOf(mapping.categories().keySet());
    List<Rule> compiled = new ArrayList<>();
    for (CategoryRule rule : mapping.categorize()) {
      int category = keys.indexOf(rule.category().key());
      compiled.add(new Rule(category, new ConditionPlan(rule.when(), fields)));
    }
    rules = compiled.toArray(Rule[]::new);
  }

  /** How many categories there are. */
  int size() {
    return keys.size();
  }

  /** The index of a category among those of the mapping, or {@link #NONE}. */
  int indexOf(CefMapping.Choice category) {
    return keys.indexOf(category.key());
  }

  /** The key of a category. */
  String key(int index) {
    return keys.get(index);
  }

  /** The category of the first rule that holds, or {@link #NONE}. */
  int of(EventValues event) {
    for (Rule rule : rules) {
      if (rule.when().holds(event)) {
        return rule.category();
      }
    }
    return NONE;
  }
}
