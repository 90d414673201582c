package dev.camelsiem.lang.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.compile.CompiledExpression;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.Calls;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.Reads;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.function.FunctionSpec.Param;
import dev.camelsiem.lang.function.builtin.BuiltinFunctions;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Parser;
import dev.camelsiem.lang.value.Buffer;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.ValueKind;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A function does what the types of its parameters and of its result say. One argument after the
 * other of its examples is replaced by values of every kind: those that a parameter does not take
 * must be good for nothing, and of those that it takes one must be good for something.
 */
class DeclaredTypesTest {
  /** For each kind values of which a function that takes the kind can use one. */
  private static final List<@Nullable Object> VALUES =
      Stream.of(
              "null",
              "True",
              "0",
              "1",
              "130666216000000000",
              "\"1\"",
              "\"130666216000000000\"",
              "\"UTF-8\"",
              "\"bHM=\"",
              "\"10.0.0.1\"",
              "\"fe80::1\"",
              "\"00:1b:44:11:3a:b7\"",
              "\"2024-01-02 03:04:05\"",
              "\"1d 02h:03m:04s\"",
              "\"10.0.0.0/8\"",
              "ipv4(\"10.0.0.1\")",
              "ipv6(\"fe80::1\")",
              "macaddr(\"00:1b:44:11:3a:b7\")",
              "datetime(\"2024-01-02 03:04:05\")",
              "[\"a\"]",
              "keyvalue(\"a=1\", \" \", \"=\")",
              "buffer_from_base64(\"bHM=\")",
              "$one")
          .map(DeclaredTypesTest::value)
          .toList();

  @TestFactory
  Stream<DynamicTest> functions() {
    assertThat(VALUES.stream().map(DeclaredTypesTest::kind)).contains(ValueKind.values());
    return BuiltinFunctions.ALL.stream()
        .map(spec -> DynamicTest.dynamicTest(spec.name(), () -> check(spec)));
  }

  /** The kind of a value. */
  private static ValueKind kind(@Nullable Object value) {
    if (value == null) {
      return ValueKind.NULL;
    } else if (value instanceof Text) {
      return ValueKind.STRING;
    } else if (value instanceof Long || value instanceof BigDecimal) {
      return ValueKind.NUMBER;
    } else if (value instanceof Boolean) {
      return ValueKind.BOOL;
    } else if (value instanceof IpAddress) {
      return ValueKind.IP_ADDRESS;
    } else if (value instanceof MacAddress) {
      return ValueKind.MAC_ADDRESS;
    } else if (value instanceof DateTime) {
      return ValueKind.DATE_TIME;
    } else if (value instanceof ListValue) {
      return ValueKind.LIST;
    } else if (value instanceof MapValue) {
      return ValueKind.MAP;
    } else if (value instanceof XmlNode) {
      return ValueKind.XML_NODE;
    } else if (value instanceof Buffer) {
      return ValueKind.BUFFER;
    }
    throw new IllegalArgumentException("not a value of the language: " + value.getClass());
  }

  private static void check(FunctionSpec spec) {
    Set<String> useful = new HashSet<>();
    for (FunctionSpec.Example example : spec.examples()) {
      @Nullable Object[] arguments = arguments(spec, example);
      for (int i = 0; i < arguments.length; i++) {
        check(spec, arguments, i, useful);
        for (Object value : VALUES) {
          @Nullable Object[] replaced = arguments.clone();
          replaced[i] = value;
          check(spec, replaced, i, useful);
        }
      }
    }
    if (spec.returnType() != FunctionType.BOOL) {
      assertThat(useful).containsAll(declared(spec));
    }
  }

  private static void check(
      FunctionSpec spec, @Nullable Object[] arguments, int index, Set<String> useful) {
    Param param = spec.param(index);
    ValueKind kind = kind(arguments[index]);
    Object result = call(spec, arguments);
    if (result != null) {
      assertThat(spec.returnType().gives()).contains(kind(result));
    }
    @Nullable Object[] without = arguments.clone();
    without[index] = null;
    boolean isNothing = result == null || result.equals(false);
    if (param.takes(kind)) {
      if (!isNothing) {
        useful.add(param.name() + " " + kind);
      }
    } else if (param.nullable()) {
      assertThat(json(result)).isIn("null", json(call(spec, without)));
    } else {
      assertThat(isNothing).as("%s as %s gives %s", kind, param.name(), json(result)).isTrue();
    }
  }

  /** Without what is looked at as text only, as all is where a String is wanted, and XML always. */
  private static List<String> declared(FunctionSpec spec) {
    List<String> declared = new ArrayList<>();
    for (Param param : spec.params()) {
      Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
      for (FunctionType type : param.types()) {
        Stream.of(ValueKind.values())
            .filter(type == FunctionType.STRING ? type.gives()::contains : type::takes)
            .forEach(kinds::add);
      }
      kinds.remove(ValueKind.XML_NODE);
      kinds.forEach(kind -> declared.add(param.name() + " " + kind));
    }
    return declared;
  }

  private static @Nullable Object call(FunctionSpec spec, @Nullable Object[] arguments) {
    Body body = spec.bind(Arguments.unknown(arguments.length));
    return Calls.call(body, Stream.of(arguments).map(Reads::constant).toList(), false)
        .eval(new Frame());
  }

  /** The arguments of the call of the function that an example shows. */
  private static @Nullable Object[] arguments(FunctionSpec spec, FunctionSpec.Example example) {
    Expr shown =
        Objects.requireNonNull(
            Parser.expression(new SourceFile("example", example.call()), new Diagnostics()));
    Expr call = Objects.requireNonNull(find(shown, spec.name()), example.call());
    return call.children().stream()
        .map(child -> value(example.call().substring(child.span().from(), child.span().to())))
        .toArray();
  }

  private static @Nullable Expr find(Expr expr, String function) {
    if (expr instanceof Expr.Call call && call.name().equals(function)) {
      return call;
    }
    return expr.children().stream()
        .map(child -> find(child, function))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** {@code $one} is an XML node. */
  private static @Nullable Object value(String expression) {
    CompiledExpression compiled =
        CompiledExpression.compile(
            new SourceFile("value", expression), new TestFields(), HeadKind.XML);
    Frame frame = new Frame();
    assertThat(
            compiled.evaluate(
                Document.of(Text.of("<one>1</one>")), EnvelopeInputs.receivedAt(0), frame))
        .isEqualTo(RuleOutcome.NORMALIZED);
    return CompiledExpression.value(frame);
  }

  private static String json(@Nullable Object value) {
    ByteOutput out = new ByteOutput(64);
    JsonOutput.value(out, value);
    return out.toString();
  }
}
