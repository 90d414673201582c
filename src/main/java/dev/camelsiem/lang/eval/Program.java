package dev.camelsiem.lang.eval;

import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.text.ByteOutput;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole rule, ready to run: its main section with the names of its slots and with its
 * subformulas. Immutable.
 */
public final class Program extends Section {
  static final Program EMPTY =
      new Program(
          List.of(),
          List.of(),
          new Section(Span.START, List.of(), null, List.of(), Steps.block(List.of())),
          List.of());

  /** More names than this are not shared. */
  private static final int MOST_SHARED = 4096;

  /** Rules share the bytes of field names: with thousands of rules, few of which are in a cache. */
  private static final Map<String, byte[]> MEMBER_NAMES = new ConcurrentHashMap<>();

  // Of the sizes there are copies: with thousands of rules few of the lists are in a cache.
  private final int variableCount;
  private final int fieldCount;
  private final byte[][] memberNames;
  private final Section[] subformulas;
  private final List<String> variables;
  private final List<String> fields;

  /**
   * Names and sections of a rule.
   *
   * @param variables names by slot, in alphabetical order, without {@code $}
   * @param fields names by slot, in alphabetical order
   */
  public Program(
      List<String> variables, List<String> fields, Section main, List<Section> subformulas) {
    super(main);
    this.variables = List.copyOf(variables);
    this.fields = List.copyOf(fields);
    this.variableCount = variables.size();
    this.fieldCount = fields.size();
    this.memberNames = fields.stream().map(Program::memberName).toArray(byte[][]::new);
    this.subformulas = subformulas.toArray(new Section[0]);
  }

  private static byte[] memberName(String field) {
    return MEMBER_NAMES.size() < MOST_SHARED
        ? MEMBER_NAMES.computeIfAbsent(field, Program::withComma)
        : withComma(field);
  }

  /** {@code ,"name":}, for all members but the first, which leaves the comma out. */
  private static byte[] withComma(String field) {
    ByteOutput out = new ByteOutput(field.length() + 4);
    out.put(',');
    out.put(JsonWriter.memberName(field));
    return out.toBytes();
  }

  /**
   * Evaluates the rule. Never throws on data: a limit or a defect ends in {@link
   * RuleOutcome#FAILED}.
   *
   * @param trace null unless somebody wants to watch
   */
  public RuleOutcome run(
      Document document, EnvelopeInputs inputs, Frame frame, @Nullable Trace trace) {
    frame.begin(this, inputs, trace);
    try {
      if (!match(document, frame)) {
        return RuleOutcome.NO_MATCH;
      }
      return runBody(frame) ? RuleOutcome.NORMALIZED : RuleOutcome.DROPPED;
    } catch (BudgetExceeded exceeded) {
      return frame.fail(
          exceeded.isOutput()
              ? EvaluationFailure.TOO_MUCH_OUTPUT
              : EvaluationFailure.TOO_MANY_STEPS,
          null);
    } catch (Steps.TooDeep tooDeep) {
      return frame.fail(EvaluationFailure.TOO_DEEP, null);
    } catch (RuntimeException | StackOverflowError defect) {
      return frame.fail(EvaluationFailure.INTERNAL_ERROR, defect);
    }
  }

  Section subformula(int index) {
    return subformulas[index];
  }

  public int variableCount() {
    return variableCount;
  }

  /** Names of the fields by slot, in alphabetical order. */
  public List<String> fields() {
    return fields;
  }

  public int fieldCount() {
    return fieldCount;
  }

  public String fieldName(int slot) {
    return fields.get(slot);
  }

  int fieldSlot(String name) {
    return Collections.binarySearch(fields, name);
  }

  int variableSlot(String name) {
    return Collections.binarySearch(variables, name);
  }

  void writeJson(Frame frame, ByteOutput out) {
    out.put('{');
    writeMembers(frame, out, 0, memberNames.length, true);
    out.put('}');
  }

  boolean writeMembers(Frame frame, ByteOutput out, int from, int to, boolean first) {
    boolean none = first;
    for (int i = from; i < to; i++) {
      Object value = frame.fields[i];
      if (value == null) {
        continue;
      }
      byte[] name = memberNames[i];
      out.put(name, none ? 1 : 0, name.length);
      none = false;
      JsonOutput.value(out, value);
    }
    return none;
  }
}
