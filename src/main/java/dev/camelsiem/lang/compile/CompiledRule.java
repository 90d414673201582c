package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.PathCondition;
import dev.camelsiem.lang.eval.Program;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.syntax.HeadKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that runs, and what is known about it without running it. Immutable. */
public final class CompiledRule {
  /**
   * One head.
   *
   * @param condition of a structured head; {@link PathCondition#NONE} for TEXT
   * @param pattern of a TEXT head, else null
   */
  public record HeadFacts(HeadKind kind, PathCondition condition, @Nullable TextPattern pattern) {}

  /** What the compiler found out besides the program. */
  record Facts(
      List<HeadFacts> heads,
      List<Fact> conditions,
      Set<VariablePath> reads,
      Map<String, Set<String>> constants,
      List<BranchPoint> branchPoints,
      List<TextPattern> patterns) {}

  private final SourceFile file;
  private final Program program;
  private final Facts facts;

  CompiledRule(SourceFile file, Program program, Facts facts) {
    this.file = file;
    this.program = program;
    this.facts = facts;
  }

  /** What runs, for those who run it for many events. */
  public Program program() {
    return program;
  }

  /** The formula's text, for traces and messages. */
  public SourceFile file() {
    return file;
  }

  /** The heads in the order in which they are tried; at least one. */
  public List<HeadFacts> heads() {
    return facts.heads;
  }

  /** The kind of the first head. */
  public HeadKind headKind() {
    return facts.heads.get(0).kind();
  }

  /** What must hold for COND to hold; empty when nothing is known. */
  public List<Fact> conditions() {
    return facts.conditions;
  }

  /**
   * The variables that the rule reads, each with as many constant indexes behind it as stand there:
   * what it will ask events for, unless what it finds there leads on.
   */
  public Set<VariablePath> reads() {
    return facts.reads;
  }

  /** The pattern of the first head, or null when that is no TEXT head. */
  public @Nullable TextPattern textPattern() {
    return facts.heads.get(0).pattern();
  }

  /** The constant texts that the rule assigns to a field, such as {@code id}; often one. */
  public Set<String> constantsOf(String field) {
    return facts.constants.getOrDefault(field, Set.of());
  }

  /** All ways that an evaluation can take, for coverage. */
  public List<BranchPoint> branchPoints() {
    return facts.branchPoints;
  }

  /** All patterns of the rule and its subformulas, for coverage. */
  public List<TextPattern> patterns() {
    return facts.patterns;
  }

  /** Names of the fields that the rule can set, in alphabetical order. */
  public List<String> fields() {
    return program.fields();
  }

  /** Where a frame has the value of a field after an evaluation; -1 when the rule never sets it. */
  public int slotOf(String field) {
    return Math.max(-1, Collections.binarySearch(program.fields(), field));
  }

  /**
   * Looks at one event; afterwards the frame has the fields. Never throws on data.
   *
   * @param trace null unless somebody wants to watch
   */
  public RuleOutcome evaluate(
      Document document, EnvelopeInputs inputs, Frame frame, @Nullable Trace trace) {
    return program.run(document, inputs, frame, trace);
  }

  @Override
  public String toString() {
    return file.name();
  }
}
