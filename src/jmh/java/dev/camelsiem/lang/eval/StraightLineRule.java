package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body.Body1;
import dev.camelsiem.lang.function.Body.Body3;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule of {@link EvaluationBenchmark} as the best generator would write it. */
final class StraightLineRule {
  private static final List<String> VARIABLES =
      List.of(
          "address", "host", "kind", "parts", "port", "result", "session", "type", "user", "when",
          "why");
  private static final List<String> FIELDS =
      List.of(
          "action",
          "datafield1",
          "event_src.category",
          "event_src.fqdn",
          "event_src.hostname",
          "event_src.title",
          "event_src.vendor",
          "id",
          "importance",
          "logon_auth_method",
          "logon_type",
          "object",
          "reason",
          "src.ip",
          "src.port",
          "status",
          "subject",
          "subject.account.domain",
          "subject.account.name",
          "time");

  private StraightLineRule() {}

  /** Head and condition as nodes would do it, the statements by a step. */
  static Program program(Step body) {
    List<Text> names = VARIABLES.stream().map(Text::of).toList();
    List<Integer> slots = VARIABLES.stream().map(VARIABLES::indexOf).toList();
    HeadMatcher head =
        new StructuredHead(
            Span.START, DocumentFormat.JSON, PathCondition.NONE, names, slots, Set.of());
    Section main = new Section(Span.START, List.of(head), new Cond(), List.of(), body);
    return new Program(VARIABLES, FIELDS, main, List.of());
  }

  private static final class Cond extends Node.Test {
    private static final Text LOGIN = Text.of("login");
    private static final Text OK = Text.of("ok");
    private static final Text DENIED = Text.of("denied");

    @Override
    public boolean test(Frame frame) {
      @Nullable Object[] v = frame.variables;
      return Operators.equal(frame.budget, v[2], LOGIN)
          && v[8] != null
          && (Operators.equal(frame.budget, v[5], OK)
              || Operators.equal(frame.budget, v[5], DENIED));
    }
  }

  /** The statements. */
  static final class Body extends Step {
    private static final Text BACKSLASH = Text.of("\\");
    private static final Text DOT = Text.of(".");
    private static final Text OK = Text.of("ok");
    private static final Text DENIED = Text.of("denied");
    private static final Text ACCOUNT = Text.of("account");
    private static final Text LOGIN = Text.of("login");
    private static final Text SYSTEM = Text.of("system");
    private static final Text SUCCESS = Text.of("success");
    private static final Text FAILURE = Text.of("failure");
    private static final Text SESSION = Text.of("session ");
    private static final Text OF = Text.of(" of ");
    private static final Text ID = Text.of("id");
    private static final Text LOCAL = Text.of("local");
    private static final Text REMOTE = Text.of("remote");
    private static final Text UNKNOWN = Text.of("unknown");
    private static final Text INFO = Text.of("info");
    private static final Text GATE = Text.of("gate");
    private static final Text ACME = Text.of("acme");
    private static final Text OTHER = Text.of("Other");
    private static final Text RULE = Text.of("ACME_Gate_login");
    private static final Body1 LOWER = (Body1) find("lower").bind(Arguments.unknown(1));
    private static final Body1 LENGTH = (Body1) find("length").bind(Arguments.unknown(1));
    private static final Body3 CSV_BACKSLASH =
        (Body3) find("csv").bind(Arguments.unknown(3).with(1, BACKSLASH).with(2, Text.EMPTY));
    private static final Body3 CSV_DOT =
        (Body3) find("csv").bind(Arguments.unknown(3).with(1, DOT).with(2, Text.EMPTY));

    private static FunctionSpec find(String name) {
      return Objects.requireNonNull(Functions.find(name));
    }

    @Override
    boolean run(Frame frame) {
      @Nullable Object[] v = frame.variables;
      @Nullable Object[] f = frame.fields;
      frame.budget.step(20);
      f[16] = ACCOUNT;
      f[0] = LOGIN;
      f[11] = SYSTEM;
      Object result = v[5];
      f[15] =
          Operators.equal(frame.budget, result, OK)
              ? SUCCESS
              : Operators.equal(frame.budget, result, DENIED) ? FAILURE : null;
      Object parts = CSV_BACKSLASH.apply(frame.budget, v[8], BACKSLASH, Text.EMPTY);
      v[3] = parts;
      if (Operators.less(1L, LENGTH.apply(frame.budget, parts))) {
        f[17] = text(frame, LOWER.apply(frame.budget, Operators.element(parts, 0)));
        f[18] = text(frame, LOWER.apply(frame.budget, Operators.element(parts, 1)));
      } else {
        f[18] = text(frame, LOWER.apply(frame.budget, Operators.element(parts, 0)));
      }
      if (v[1] instanceof Text host && host.indexOf(DOT, 0) >= 0) {
        f[3] = text(frame, LOWER.apply(frame.budget, host));
        f[4] =
            text(frame, Operators.element(CSV_DOT.apply(frame.budget, host, DOT, Text.EMPTY), 0));
      } else {
        f[4] = text(frame, LOWER.apply(frame.budget, v[1]));
      }
      f[13] = FieldType.IP.convert(v[0], frame.budget);
      f[14] = FieldType.NUMBER.convert(v[4], frame.budget);
      f[1] =
          text(
              frame,
              Operators.add(
                  frame.budget,
                  Operators.add(
                      frame.budget,
                      Operators.add(frame.budget, SESSION, Operators.member(v[6], ID)),
                      OF),
                  v[8]));
      f[10] = FieldType.NUMBER.convert(v[7], frame.budget);
      boolean local = f[10] instanceof Long type && (type == 2 || type == 7 || type == 11);
      f[9] = local ? LOCAL : REMOTE;
      Object why = v[10];
      f[12] =
          Operators.equal(frame.budget, result, DENIED)
              ? text(frame, why == null ? UNKNOWN : why)
              : null;
      f[19] = FieldType.DATETIME.convert(v[9], frame.budget);
      f[8] = INFO;
      f[5] = GATE;
      f[6] = ACME;
      f[2] = OTHER;
      f[7] = RULE;
      return true;
    }

    private static @Nullable Object text(Frame frame, @Nullable Object value) {
      return value == null ? null : FieldType.STRING.convert(value, frame.budget);
    }
  }
}
