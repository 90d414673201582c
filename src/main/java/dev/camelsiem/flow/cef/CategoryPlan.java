package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import java.util.ArrayList;
import java.util.List;

/** Finds the category of an event by the words in some of its fields. Immutable. */
final class CategoryPlan {
  /** No category. */
  static final int NONE = -1;

  private final List<String> keys;
  private final Rule[] rules;

  private record Rule(int category, List<Test> tests) {}

  private record Test(int slot, WordTable words) {}

  CategoryPlan(CefMapping mapping, FieldTable fields) {
    keys = List.copyOf(mapping.categories().keySet());
    List<Rule> compiled = new ArrayList<>();
    for (CategoryRule rule : mapping.categorize()) {
      List<Test> tests = new ArrayList<>();
      for (Condition condition : rule.when()) {
        WordTable words = new WordTable();
        condition.words().forEach(word -> words.add(word, 0));
        tests.add(new Test(fields.slot(condition.field()), words));
      }
      compiled.add(new Rule(keys.indexOf(rule.category().key()), List.copyOf(tests)));
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
  int of(SecurityEvent event) {
    for (Rule rule : rules) {
      if (holds(rule, event)) {
        return rule.category();
      }
    }
    return NONE;
  }

  private static boolean holds(Rule rule, SecurityEvent event) {
    for (Test test : rule.tests()) {
      int from = event.start(test.slot());
      if (test.words().find(event.bytes(test.slot()), from, event.end(test.slot(), from)) < 0) {
        return false;
      }
    }
    return true;
  }
}
