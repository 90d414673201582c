package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.pattern.PatternNode.Group;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.pattern.PatternNode.Lexeme;
import dev.camelsiem.lang.pattern.PatternNode.Repeat;
import dev.camelsiem.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what a text must contain to match: what an index over many patterns looks for. */
final class RequiredLiterals {
  private RequiredLiterals() {}

  static List<Text> of(List<PatternNode> nodes) {
    Set<Text> literals = new LinkedHashSet<>();
    for (PatternNode node : nodes) {
      if (node instanceof Lexeme lexeme) {
        literals.add(Text.of(lexeme.text()));
      } else if (node instanceof Group group && isMandatory(group)) {
        group.alternatives().get(0).forEach(item -> add(item, literals));
      } else if (node instanceof Item item) {
        add(item, literals);
      }
    }
    return List.copyOf(literals);
  }

  private static boolean isMandatory(Group group) {
    return !group.optional() && group.alternatives().size() == 1;
  }

  private static void add(Item item, Set<Text> literals) {
    boolean hasText = item.kind() == TokenKind.QUOTED || item.kind() == TokenKind.UNTIL;
    if (hasText && item.repeat() != Repeat.ANY) {
      literals.add(Text.of(item.arguments().get(0)));
    }
  }
}
