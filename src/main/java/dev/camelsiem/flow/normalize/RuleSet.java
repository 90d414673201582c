package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.dispatch.RuleIndex;
import dev.camelsiem.lang.compile.CompiledRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules that are used together, in the order in which they are tried: by the names of their files,
 * then by id. The first that matches wins. Immutable.
 */
public final class RuleSet {
  private static final Comparator<NamedRule> ORDER =
      Comparator.comparing((NamedRule named) -> named.rule().file().name())
          .thenComparing(NamedRule::id);

  private final List<NamedRule> rules;
  private final RuleIndex index;
  private final String version;

  private RuleSet(List<NamedRule> rules, String version) {
    this.rules = rules;
    this.index = new RuleIndex(rules.stream().map(NamedRule::rule).toList());
    this.version = version;
  }

  /**
   * @param version what people may call this state of the rules, such as a hash over its files
   * @throws IllegalArgumentException when two rules have one id
   */
  public static RuleSet of(List<NamedRule> rules, String version) {
    List<NamedRule> ordered = new ArrayList<>(rules);
    ordered.sort(ORDER);
    Set<String> ids = new HashSet<>();
    for (NamedRule named : ordered) {
      if (!ids.add(named.id())) {
        throw new IllegalArgumentException("two rules have the id " + named.id());
      }
    }
    return new RuleSet(List.copyOf(ordered), version);
  }

  /** The rules in their order. */
  public List<NamedRule> rules() {
    return rules;
  }

  public int size() {
    return rules.size();
  }

  public NamedRule get(int number) {
    return rules.get(number);
  }

  CompiledRule rule(int number) {
    return rules.get(number).rule();
  }

  RuleIndex index() {
    return index;
  }

  public String version() {
    return version;
  }
}
