package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.compile.VariablePath;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one structured format as a tree: each node looks one value of the event up and goes
 * on with the rules that want this value, and with those that don't care.
 */
final class ValueTree {
  /** So few rules are not worth another look-up. */
  private static final int FEW = 1;

  /** Stands for the language's null as a wanted value. */
  private static final Object NULL = new Object();

  /** A rule and the values one of which it wants at each path. */
  record Entry(int rule, Map<VariablePath, Set<Object>> wanted) {
    private Entry without(VariablePath path) {
      Map<VariablePath, Set<Object>> less = new LinkedHashMap<>(wanted);
      less.remove(path);
      return new Entry(rule, less);
    }
  }

  private final int[] rules;
  private final @Nullable Path path;
  private final Map<Object, ValueTree> children = new HashMap<>();
  private final @Nullable ValueTree rest;

  ValueTree(DocumentFormat format, List<Entry> entries) {
    VariablePath best = entries.size() <= FEW ? null : bestPath(entries);
    if (best == null) {
      rules = entries.stream().mapToInt(Entry::rule).toArray();
      path = null;
      rest = null;
      return;
    }
    rules = new int[0];
    path = new Path(format, best);
    Map<Object, List<Entry>> byValue = new LinkedHashMap<>();
    List<Entry> indifferent = new ArrayList<>();
    for (Entry entry : entries) {
      Set<Object> wanted = entry.wanted().get(best);
      if (wanted == null) {
        indifferent.add(entry);
      } else {
        Entry remaining = entry.without(best);
        wanted.forEach(v -> byValue.computeIfAbsent(v, k -> new ArrayList<>()).add(remaining));
      }
    }
    byValue.forEach((value, group) -> children.put(value, new ValueTree(format, group)));
    rest = indifferent.isEmpty() ? null : new ValueTree(format, indifferent);
  }

  /** The path that tells most rules apart; null when none is known for any rule. */
  private static @Nullable VariablePath bestPath(List<Entry> entries) {
    Map<VariablePath, Map<Object, Integer>> counts = new LinkedHashMap<>();
    Map<VariablePath, Integer> covered = new LinkedHashMap<>();
    for (Entry entry : entries) {
      entry
          .wanted()
          .forEach(
              (path, values) -> {
                covered.merge(path, 1, Integer::sum);
                Map<Object, Integer> byValue = counts.computeIfAbsent(path, p -> new HashMap<>());
                values.forEach(value -> byValue.merge(value, 1, Integer::sum));
              });
    }
    VariablePath best = null;
    double bestScore = 0;
    for (Map.Entry<VariablePath, Integer> candidate : covered.entrySet()) {
      Map<Object, Integer> byValue = counts.getOrDefault(candidate.getKey(), Map.of());
      int largest = byValue.values().stream().mapToInt(i -> i).max().orElse(0);
      double score = candidate.getValue() - largest / 2.0;
      if (score > bestScore) {
        best = candidate.getKey();
        bestScore = score;
      }
    }
    return best;
  }

  /** Adds the rules that may match a document that has the format. */
  void find(Document document, Candidates candidates) {
    candidates.addAll(rules);
    if (path == null) {
      return;
    }
    if (rest != null) {
      rest.find(document, candidates);
    }
    Object value = path.value(document);
    if (value instanceof BigDecimal) {
      // Equal to texts in several spellings: rare, so that it needs no key of its own.
      children.values().forEach(child -> child.find(document, candidates));
      return;
    }
    Object key = key(value);
    ValueTree child = key == null ? null : children.get(key);
    if (child != null) {
      child.find(document, candidates);
    }
  }

  /**
   * What values have in common that are equal in any sense of the language, as text included: their
   * number when they are one, else their text. Null for lists and maps, which equal no constant.
   */
  static @Nullable Object key(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof Long) {
      return value;
    }
    Text text = Convert.text(value);
    if (text == null) {
      return null;
    }
    Long number = Numbers.whole(text);
    return number != null ? number : text;
  }

  static Set<Object> keys(List<@Nullable Object> constants) {
    Set<Object> keys = new HashSet<>();
    for (Object constant : constants) {
      Object key = key(constant);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }
}
