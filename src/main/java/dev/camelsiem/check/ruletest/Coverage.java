package dev.camelsiem.check.ruletest;

import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Remembers over all tests of a rule which branches were taken and which tokens of its patterns
 * took part in a match. Not thread-safe.
 */
final class Coverage implements Trace {
  private final List<BranchPoint> branches;
  private final List<Binding> bindings;
  private final Set<BranchPoint> taken = new HashSet<>();
  private final Map<Span, Binding> captured = new HashMap<>();

  private Coverage(List<BranchPoint> branches, List<Binding> bindings) {
    this.branches = branches;
    this.bindings = bindings;
  }

  static Coverage of(CompiledRule rule) {
    List<Binding> bindings =
        rule.patterns().stream().flatMap(pattern -> pattern.bindings().stream()).toList();
    return new Coverage(rule.branchPoints(), bindings);
  }

  @Override
  public void branch(BranchPoint point) {
    taken.add(point);
  }

  @Override
  public void pattern(
      TextPattern pattern, byte[] bytes, int from, int to, Match match, boolean matched) {
    if (!matched) {
      return;
    }
    List<Binding> all = pattern.bindings();
    for (int i = 0; i < all.size(); i++) {
      if (match.isSet(i) && match.start(i) >= 0) {
        captured.put(all.get(i).span(), all.get(i));
      }
    }
  }

  /** How much there is to reach. */
  int points() {
    return branches.size() + bindings.size();
  }

  /** What was not reached, in the order of the formula. */
  List<Diagnostic> missing(SourceFile file) {
    Stream<Diagnostic> ways =
        branches.stream()
            .filter(point -> !taken.contains(point))
            .map(
                point ->
                    (point.implicit() ? TestCode.NEVER_PASSED : TestCode.NEVER_TAKEN)
                        .at(file, point.span()));
    Stream<Diagnostic> tokens =
        bindings.stream()
            .filter(binding -> !captured.containsKey(binding.span()))
            .map(
                binding ->
                    TestCode.NEVER_CAPTURED.at(
                        file, binding.span(), (binding.isField() ? "" : "$") + binding.name()));
    return Stream.concat(ways, tokens)
        .sorted(Comparator.comparing(diagnostic -> diagnostic.span().from()))
        .toList();
  }
}
