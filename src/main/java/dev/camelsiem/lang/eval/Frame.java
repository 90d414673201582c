package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.PatternWalk;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which rules are evaluated, and after {@link Program#run} the fields of the
 * normalized event. One frame serves any number of rules and events, one after the other; threads
 * need one each.
 */
public final class Frame {
  /** Submessages inside submessages; a subformula may apply itself to what is left of a text. */
  static final int DEEPEST_SUBMESSAGE = 32;

  private static final Document NO_EVENT = new Document(DocumentLimits.DEFAULT);

  @Nullable Object[] variables = {};
  @Nullable Object[] fields = {};
  final Match match = new Match();
  final Budget budget;
  private @Nullable PatternWalk walk;
  private int walker;
  private Document event = NO_EVENT;

  /** Null when all variables are bound. */
  private @Nullable StructuredHead binder;

  private EnvelopeInputs inputs = EnvelopeInputs.receivedAt(0);
  private Program program = Program.EMPTY;
  private @Nullable Trace trace;
  private @Nullable EvaluationFailure failure;
  private @Nullable Throwable error;
  private int submessages;
  private @Nullable Object[] saved = {};
  private int savedCount;

  /** A frame with the default limits. */
  public Frame() {
    this(EvaluationLimits.DEFAULT);
  }

  public Frame(EvaluationLimits limits) {
    budget = new Budget(limits);
  }

  /** What the next evaluations may use up at most, each of them; never more than the limits. */
  public void allow(int steps, int outputBytes) {
    budget.allow(steps, outputBytes);
  }

  /**
   * The next evaluation is that of a rule whose pattern may go on where a walk over the event's
   * text has come to.
   *
   * @param number of the rule in the walk's tree
   */
  public void goOnFrom(PatternWalk eventWalk, int number) {
    walk = eventWalk;
    walker = number;
  }

  /** Matches the event's text. */
  boolean match(TextPattern pattern, Text text) {
    return walk == null || trace != null
        ? pattern.match(text.array(), text.from(), text.to(), match, budget)
        : walk.match(walker, pattern, text.array(), text.from(), text.to(), match, budget);
  }

  /** Forgets the last evaluation. */
  void begin(Program next, EnvelopeInputs nextInputs, @Nullable Trace listener) {
    Arrays.fill(variables, 0, program.variableCount(), null);
    Arrays.fill(fields, 0, program.fieldCount(), null);
    if (variables.length < next.variableCount()) {
      variables = new @Nullable Object[next.variableCount()];
    }
    if (fields.length < next.fieldCount()) {
      fields = new @Nullable Object[next.fieldCount()];
    }
    program = next;
    event = NO_EVENT;
    binder = null;
    inputs = nextInputs;
    trace = listener;
    failure = null;
    error = null;
    submessages = 0;
    savedCount = 0;
    budget.start(nextInputs.receivedAt());
  }

  RuleOutcome fail(EvaluationFailure reason, @Nullable Throwable cause) {
    failure = reason;
    error = cause;
    return RuleOutcome.FAILED;
  }

  EnvelopeInputs inputs() {
    return inputs;
  }

  /** The event that variables are read from as they are needed. */
  void readFrom(Document document, StructuredHead head) {
    event = document;
    binder = head;
  }

  Document event() {
    return event;
  }

  /** The value of a variable that the rule never assigns. */
  @Nullable Object eventVariable(int slot) {
    Object value = variables[slot];
    if (value == null && binder != null) {
      value = binder.variable(event, slot);
      variables[slot] = value;
    }
    return value;
  }

  Program program() {
    return program;
  }

  @Nullable Trace trace() {
    return trace;
  }

  void stopTracing() {
    trace = null;
  }

  void taken(BranchPoint point) {
    if (trace != null) {
      trace.branch(point);
    }
  }

  /** Goes into a submessage; false when they nest too deeply. */
  boolean enterSubmessage() {
    return ++submessages <= DEEPEST_SUBMESSAGE;
  }

  void leaveSubmessage() {
    submessages--;
  }

  /** Marks the place to which {@link HeadMatcher#restore} goes back. */
  int savedCount() {
    return savedCount;
  }

  void save(@Nullable Object value) {
    if (savedCount == saved.length) {
      saved = Arrays.copyOf(saved, Math.max(16, 2 * savedCount));
    }
    saved[savedCount++] = value;
  }

  /** A value that was saved, by its index. */
  @Nullable Object saved(int index) {
    return saved[index];
  }

  void forgetSaved(int count) {
    Arrays.fill(saved, count, savedCount, null);
    savedCount = count;
  }

  /** Number of fields that the rule knows; most of them are usually unset. */
  public int fieldCount() {
    return program.fieldCount();
  }

  /** The name of a field, in alphabetical order. */
  public String fieldName(int index) {
    return program.fieldName(index);
  }

  /** The value of a field; null when it is unset. */
  public @Nullable Object value(int index) {
    return fields[index];
  }

  /** The value of a field by name; null when it is unset. For tools: it searches. */
  public @Nullable Object value(String field) {
    int slot = program.fieldSlot(field);
    return slot < 0 ? null : fields[slot];
  }

  /** The value of a variable by its name without {@code $}; null when it is unset. For tools. */
  public @Nullable Object variable(String name) {
    int slot = program.variableSlot(name);
    if (slot < 0) {
      return null;
    }
    if (variables[slot] instanceof Node alias) {
      return alias.eval(this);
    }
    return binder != null && binder.isLate(slot) ? eventVariable(slot) : variables[slot];
  }

  /** Writes the set fields as one JSON object, in alphabetical order. */
  public void writeJson(ByteOutput out) {
    program.writeJson(this, out);
  }

  /**
   * Writes the set fields of some slots as members of a JSON object, for those who put others
   * between them.
   *
   * @param to the slot behind the last one
   * @param first whether the object has no member yet
   * @return the same afterwards
   */
  public boolean writeMembers(ByteOutput out, int from, int to, boolean first) {
    return program.writeMembers(this, out, from, to, first);
  }

  /** After {@link RuleOutcome#FAILED}: why. */
  public @Nullable EvaluationFailure failure() {
    return failure;
  }

  /** After {@link EvaluationFailure#INTERNAL_ERROR}: what was thrown. */
  public @Nullable Throwable error() {
    return error;
  }

  /** Steps that the last evaluation took. */
  public int stepsUsed() {
    return budget.stepsUsed();
  }

  /** Bytes of texts and lists that the last evaluation made. */
  public int outputUsed() {
    return budget.outputUsed();
  }
}
