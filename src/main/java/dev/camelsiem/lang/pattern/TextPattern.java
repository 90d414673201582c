package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled TEXT format. Immutable; threads share it, each with its own {@link Match}. */
public final class TextPattern {
  /** Parts a format may have; keeps hostile formats from using up memory. */
  public static final int MOST_PARTS = 10_000;

  private final Code code;
  private final int choices;
  private final int[] starts;
  private final int bindingCount;
  private final Instruction[] instructions;
  private final List<Binding> bindings;
  private final Captures captures;
  private final List<Text> requiredLiterals;

  private TextPattern(List<PatternNode> nodes, List<Binding> bindings, Span whole) {
    PatternCompiler compiler = new PatternCompiler();
    this.instructions = compiler.compile(nodes, whole);
    this.code = new Code(instructions);
    this.bindingCount = bindings.size();
    this.choices = compiler.choices();
    this.starts = compiler.starts();
    this.bindings = bindings;
    this.captures = new Captures(nodes, bindings.size());
    this.requiredLiterals = RequiredLiterals.of(nodes);
  }

  /**
   * Compiles a format.
   *
   * @param format the text after the escapes of the string literal were processed
   * @param offsets for each UTF-16 unit of {@code format}, and one more for its end, the offset in
   *     the file; findings get their spans from it
   * @return null when there were errors
   */
  public static @Nullable TextPattern compile(
      SourceFile file, String format, int[] offsets, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    PatternParser parser = new PatternParser(file, format, offsets, found);
    List<PatternNode> nodes = parser.parse();
    Span whole = new Span(offsets[0], Math.max(offsets[0], offsets[format.length()]));
    new PatternChecker(file, found).check(nodes, whole);
    diagnostics.addAll(found.all());
    return found.hasErrors() ? null : new TextPattern(nodes, parser.bindings(), whole);
  }

  /** Compiles a format that stands alone, with offsets in itself. */
  public static @Nullable TextPattern compile(String format, Diagnostics diagnostics) {
    int[] offsets = new int[format.length() + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i;
    }
    return compile(new SourceFile("<format>", format), format, offsets, diagnostics);
  }

  /** All places that give a name to what they match, in the order of the format. */
  public List<Binding> bindings() {
    return bindings;
  }

  /** The token by which a binding's value is made; that of a text for a repetition. */
  public TokenKind kind(int binding) {
    return captures.kind(binding);
  }

  /**
   * Matches the whole text between two offsets; blanks at its ends do not count.
   *
   * @return true when it matched; {@code match} then has the bindings, else the furthest point
   */
  public boolean match(byte[] bytes, int from, int to, Match match, Budget budget) {
    match.begin(this, bytes, from, budget);
    return Machine.run(code, bytes, from, to, match, budget);
  }

  /** Texts of at least one byte each of which occurs in every text that matches. */
  public List<Text> requiredLiterals() {
    return requiredLiterals;
  }

  Code code() {
    return code;
  }

  /** The instruction with which a lexeme or group begins, or the end behind the last one. */
  int start(int part) {
    return starts[part];
  }

  /**
   * Copies of the instructions of a lexeme or group, their targets counted from its start; none for
   * the end of the pattern.
   */
  Instruction[] part(int index) {
    int end = index < starts.length - 1 ? starts[index + 1] : starts[index];
    Instruction[] part = new Instruction[end - starts[index]];
    for (int i = 0; i < part.length; i++) {
      part[i] = instructions[starts[index] + i].copy(-starts[index]);
    }
    return part;
  }

  int length() {
    return instructions.length;
  }

  Instruction instruction(int index) {
    return instructions[index];
  }

  int bindingCount() {
    return bindingCount;
  }

  int choices() {
    return choices;
  }

  Captures captures() {
    return captures;
  }
}
