package dev.camelsiem.flow.dispatch;

import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.CompiledRule.HeadFacts;
import dev.camelsiem.lang.compile.Fact;
import dev.camelsiem.lang.compile.VariablePath;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.DocumentPaths;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.pattern.TokenKind;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The index over a rule set. Immutable; threads share it, each with its own {@link Candidates}.
 *
 * <p>It leaves out only rules that can't match: trying the candidates in their order gives what
 * trying all rules in their order would give.
 */
public final class RuleIndex {
  /** Tokens whose value is a piece of the text itself, so that what it contains the text does. */
  private static final Set<TokenKind> SLICES =
      EnumSet.of(
          TokenKind.WORD,
          TokenKind.WORDDASH,
          TokenKind.STRING,
          TokenKind.LITERAL,
          TokenKind.REST,
          TokenKind.UNTIL,
          TokenKind.HOSTNAME,
          TokenKind.NTUSER,
          TokenKind.QUOTED);

  private final TextIndex texts;
  private final KeyTree paths;
  private final HeadKind[] kinds;
  private final DocumentFormat[] formats;
  private final ValueTree[] trees;

  /** Rules with several heads, which are always tried. */
  private final int[] others;

  /**
   * @param rules in the order in which they are to be tried; their indexes are their numbers
   */
  public RuleIndex(List<CompiledRule> rules) {
    List<TextIndex.Entry> textEntries = new ArrayList<>();
    Map<HeadKind, List<ValueTree.Entry>> valueEntries = new EnumMap<>(HeadKind.class);
    List<Integer> several = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      CompiledRule rule = rules.get(i);
      TextPattern pattern = rule.textPattern();
      if (rule.heads().size() > 1) {
        several.add(i);
      } else if (pattern != null) {
        textEntries.add(new TextIndex.Entry(i, pattern, literals(rule, pattern)));
      } else {
        valueEntries
            .computeIfAbsent(rule.headKind(), kind -> new ArrayList<>())
            .add(new ValueTree.Entry(i, wanted(rule)));
      }
    }
    texts = new TextIndex(textEntries);
    paths = paths(rules);
    kinds = valueEntries.keySet().toArray(HeadKind[]::new);
    formats = new DocumentFormat[kinds.length];
    trees = new ValueTree[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      formats[i] = DocumentFormat.valueOf(kinds[i].name());
      trees[i] = new ValueTree(formats[i], valueEntries.getOrDefault(kinds[i], List.of()));
    }
    others = several.stream().mapToInt(i -> i).toArray();
  }

  private static KeyTree paths(List<CompiledRule> rules) {
    DocumentPaths paths = new DocumentPaths();
    Envelope.addMembers(paths);
    for (CompiledRule rule : rules) {
      for (HeadFacts head : rule.heads()) {
        DocumentFormat format = DocumentFormat.valueOf(head.kind().name());
        rule.reads().forEach(p -> paths.add(format, Text.of(p.variable()), p.keys()));
        List<Text> names = head.condition().path();
        if (!names.isEmpty()) {
          paths.add(format, names.get(0), names.subList(1, names.size()));
        }
      }
    }
    return paths.build();
  }

  /** What the rules, and who opens envelopes, ask JSON for; to be told to the documents. */
  public KeyTree paths() {
    return paths;
  }

  /** What texts must contain: the format's literals, and parts that COND looks for. */
  private static Set<Text> literals(CompiledRule rule, TextPattern pattern) {
    Set<Text> literals = new HashSet<>(pattern.requiredLiterals());
    for (Fact fact : rule.conditions()) {
      Text part = null;
      if (fact instanceof Fact.Contains contains) {
        part = contains.part();
      } else if (fact instanceof Fact.Equals equals && equals.constant() instanceof Text text) {
        part = text;
      }
      if (part != null && !part.isEmpty() && isSlice(pattern, fact.path())) {
        literals.add(part);
      }
    }
    return literals;
  }

  private static boolean isSlice(TextPattern pattern, VariablePath path) {
    List<Binding> bindings =
        pattern.bindings().stream()
            .filter(b -> !b.isField() && b.name().equals(path.variable()))
            .toList();
    return path.keys().isEmpty()
        && !bindings.isEmpty()
        && bindings.stream().allMatch(b -> SLICES.contains(b.token()));
  }

  private static Map<VariablePath, Set<Object>> wanted(CompiledRule rule) {
    Map<VariablePath, Set<Object>> wanted = new LinkedHashMap<>();
    HeadFacts head = rule.heads().get(0);
    Text expected = head.condition().expected();
    if (expected != null) {
      List<Text> names = head.condition().path();
      List<Object> keys = new ArrayList<>(names.subList(1, names.size()));
      VariablePath path = new VariablePath(names.get(0).toString(), keys);
      wanted.put(path, ValueTree.keys(List.of(expected)));
    }
    for (Fact fact : rule.conditions()) {
      if (fact instanceof Fact.Equals equals) {
        want(equals.path(), ValueTree.keys(List.of(equals.constant())), wanted);
      } else if (fact instanceof Fact.OneOf oneOf) {
        want(oneOf.path(), ValueTree.keys(oneOf.constants()), wanted);
      }
    }
    return wanted;
  }

  /** Two facts about one path: the value must satisfy both, so the narrower one will do. */
  private static void want(
      VariablePath path, Set<Object> keys, Map<VariablePath, Set<Object>> wanted) {
    Set<Object> known = wanted.get(path);
    if (known == null || keys.size() < known.size()) {
      wanted.put(path, keys);
    }
  }

  /**
   * Finds the rules that may match.
   *
   * @param heads the kinds of heads that are to be tried, as far as the event's format is known
   * @param receivedAt when the event was received, for dates without a year
   */
  public void find(Document document, Set<HeadKind> heads, long receivedAt, Candidates candidates) {
    candidates.clear();
    if (heads.contains(HeadKind.TEXT)) {
      texts.find(document.text(), receivedAt, candidates);
    }
    findOthers(document, heads, candidates);
  }

  /**
   * Finds rules for an event that none matches, to tell which come close: all that {@link #find}
   * finds, and more.
   */
  public void findSimilar(Document document, Set<HeadKind> heads, Candidates candidates) {
    candidates.clear();
    if (heads.contains(HeadKind.TEXT)) {
      texts.findSimilar(document.text(), candidates);
    }
    findOthers(document, heads, candidates);
  }

  private void findOthers(Document document, Set<HeadKind> heads, Candidates candidates) {
    candidates.addAll(others);
    for (int i = 0; i < kinds.length; i++) {
      if (heads.contains(kinds[i]) && document.has(formats[i])) {
        trees[i].find(document, candidates);
      }
    }
    candidates.finish();
  }
}
