package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a {@code switch}. Texts are found by hash when all cases are constant texts;
 * anything else is compared case by case, which is also what a subject that is no text needs.
 */
public final class CaseTable {
  private final Node[] cases;
  private final @Nullable Map<Text, Integer> byText;

  /** Bytes of the longest text among the cases. */
  private final int longest;

  public CaseTable(List<Node> cases) {
    this.cases = cases.toArray(new Node[0]);
    this.byText = index(cases);
    this.longest =
        byText == null ? 0 : byText.keySet().stream().mapToInt(Text::length).max().orElse(0);
  }

  private static @Nullable Map<Text, Integer> index(List<Node> cases) {
    Map<Text, Integer> index = new HashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      if (!cases.get(i).isConstant() || !(cases.get(i).constant() instanceof Text text)) {
        return null;
      }
      index.putIfAbsent(text, i);
    }
    return index;
  }

  /** The index of the first case that equals the value, or -1. */
  int find(@Nullable Object value, Frame frame) {
    if (value instanceof Text text && byText != null) {
      if (text.length() > longest) {
        return -1; // without a look at all of it for its hash
      }
      frame.budget.scan(text.length());
      Integer found = byText.get(text);
      return found == null ? -1 : found;
    }
    frame.budget.step(cases.length / Comparisons.COMPARISONS_A_STEP);
    for (int i = 0; i < cases.length; i++) {
      if (Operators.equal(frame.budget, value, cases[i].eval(frame))) {
        return i;
      }
    }
    return -1;
  }
}
