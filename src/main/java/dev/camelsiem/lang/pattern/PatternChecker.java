package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.pattern.PatternNode.Group;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.pattern.PatternNode.Lexeme;
import dev.camelsiem.lang.pattern.PatternNode.Repeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds formats that are too large, and formats that can't match although they are well formed. */
final class PatternChecker {
  private final SourceFile file;
  private final Diagnostics diagnostics;

  PatternChecker(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  void check(List<PatternNode> nodes, Span whole) {
    int parts = nodes.size();
    for (PatternNode node : nodes) {
      if (node instanceof Group group) {
        parts += group.alternatives().stream().mapToInt(List::size).sum();
        parts += group.alternatives().size();
      }
    }
    if (parts > TextPattern.MOST_PARTS) {
      diagnostics.add(PatternCode.TOO_LONG.at(file, whole, parts, TextPattern.MOST_PARTS));
    } else {
      checkRest(nodes);
    }
  }

  /** What takes the rest must be followed by nothing that needs text. */
  private void checkRest(List<PatternNode> nodes) {
    Item rest = null;
    for (PatternNode node : nodes) {
      if (rest != null && !mayBeNothing(node)) {
        diagnostics.add(
            PatternCode.NOTHING_AFTER_REST
                .at(file, node.span(), rest.kind().name())
                .withHint("move `{" + rest.kind().name() + "}` to the end, or use UNTIL"));
        return;
      }
      if (node instanceof Group group) {
        group.alternatives().forEach(this::checkRestInside);
        rest = rest != null ? rest : restOfEveryAlternative(group);
      }
    }
  }

  private void checkRestInside(List<Item> items) {
    for (int i = 0; i + 1 < items.size(); i++) {
      Item item = items.get(i);
      Item next = items.get(i + 1);
      if (item.kind().takesRest() && !mayBeNothing(next)) {
        diagnostics.add(
            PatternCode.NOTHING_AFTER_REST
                .at(file, next.span(), item.kind().name())
                .withHint("move " + item.kind().name() + " to the end"));
        return;
      }
    }
  }

  private static @Nullable Item restOfEveryAlternative(Group group) {
    if (group.optional()) {
      return null;
    }
    Item rest = null;
    for (List<Item> alternative : group.alternatives()) {
      rest = alternative.stream().filter(item -> item.kind().takesRest()).findFirst().orElse(null);
      if (rest == null) {
        return null;
      }
    }
    return rest;
  }

  private static boolean mayBeNothing(PatternNode node) {
    if (node instanceof Lexeme) {
      return false;
    }
    if (node instanceof Item item) {
      return item.repeat() == Repeat.ANY || item.kind().takesRest();
    }
    Group group = (Group) node;
    return group.optional()
        || group.alternatives().stream()
            .anyMatch(items -> items.stream().allMatch(PatternChecker::mayBeNothing));
  }
}
