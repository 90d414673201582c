package dev.camelsiem.check.fuzz;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.BuiltinFunctions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes formulas and events that nobody would write out of some that somebody did. */
final class Mutator {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "|",
          "?",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "'",
          "\\",
          "\\\\",
          "\\u0000",
          "+",
          "*",
          "-",
          "=",
          "==",
          "!=",
          "<",
          "or",
          "and",
          "not",
          "null",
          "True",
          "if",
          "then",
          "else",
          "endif",
          "switch",
          "case",
          "endswitch",
          "drop",
          "submessage(",
          "subformula \"x\"",
          "endsubformula",
          "TEXT = ",
          "JSON = ''",
          "EVENTLOG = ''",
          "XML = 'Event'",
          "COND = ",
          "{STRING+}",
          "{LITERAL*}",
          "{$a=WORD+} ",
          "{UNTIL(\"a\")}",
          "{REST}",
          "{$t=DATETIME}",
          "{IPV6}",
          "{KEYVALUE(\" \",\"=\",\"'\")}",
          "{CSV(\",\",\"'\")}",
          "{NUMBER?}",
          "{A|B|}",
          "$x",
          "src.ip",
          "src.port",
          "time",
          "9223372036854775807",
          "-1",
          "0",
          "#",
          "\n",
          " ",
          "é",
          "\uD83D\uDE00",
          "\uFFFD",
          ".",
          ",",
          ";");
  private static final List<String> CONSTANTS =
      List.of(
          "\"\"",
          "\"a\"",
          "\"*\"",
          "\"?a*[!b-c]\"",
          "\"a*a*a*b\"",
          "\",\"",
          "\" \"",
          "\"=\"",
          "0",
          "1",
          "-1",
          "9223372036854775807",
          "-9223372036854775807 - 1",
          "null",
          "True",
          "[]",
          "[1, \"a\", null]",
          "\"0x7f\"",
          "\"fe80::1%eth0\"",
          "\"10.0.0.0/8\"",
          "\"1.2.3.4\"",
          "\"2024-02-29T23:59:60.999999+18:00\"",
          "\"Feb 29 01:02:03\"",
          "\"9999-12-31 23:59:59\"",
          "\"((a+)+)+$\"",
          "\"(\"",
          "\"[a-\"",
          "\"1d 2h:3m:4s\"",
          "\"bHM=\"",
          "\"UTF-8\"",
          "\"UCS2-LE\"",
          "\"жук\"",
          "\"FF\"",
          "$s",
          "$n",
          "$d",
          "$l",
          "$m",
          "$m[\"a\"]",
          "$none");
  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Up to eight edits: cut, copy, swap with another formula, insert a piece of the language. */
  String formula(String seed, String other) {
    StringBuilder text = new StringBuilder(seed);
    for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(1 + random.nextInt(80)));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        case 2 -> text.insert(at, slice(other));
        case 3 -> text.insert(at, pick(PIECES));
        default -> text.replace(at, end, pick(PIECES));
      }
    }
    return text.toString();
  }

  private String slice(String text) {
    int from = random.nextInt(text.length());
    return text.substring(from, Math.min(text.length(), from + random.nextInt(120)));
  }

  /** Statements that call every kind of function with every kind of argument. */
  String calls() {
    StringBuilder text = new StringBuilder("JSON = ''\n");
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(pick(List.of("datafield1", "src.port", "src.ip", "time", "src.mac", "$s", "$l")));
      text.append(" = ").append(expression(3)).append('\n');
    }
    return text.toString();
  }

  private String expression(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 2);
    if (kind < 2) {
      return pick(CONSTANTS);
    } else if (kind < 7) {
      return call(depth);
    } else if (kind == 7) {
      return "(" + expression(depth - 1) + ")[" + expression(0) + "]";
    }
    String operator = pick(List.of(" + ", " - ", " * ", " / ", " == ", " < ", " >= ", " or "));
    return "(" + expression(depth - 1) + operator + expression(depth - 1) + ")";
  }

  private String call(int depth) {
    FunctionSpec function = pick(BuiltinFunctions.ALL);
    int most = Math.min(function.maxArity(), 5);
    int arity = function.minArity() + random.nextInt(most - function.minArity() + 1);
    StringBuilder text = new StringBuilder(function.name()).append('(');
    for (int i = 0; i < arity; i++) {
      text.append(i == 0 ? "" : ", ").append(expression(depth - 1));
    }
    return text.append(')').toString();
  }

  /** The variables that {@link #calls} reads. */
  @SuppressWarnings("InlineFormatString") // the shape is easier to see alone
  byte[] variables() {
    String json =
        "{\"s\": \"%s\", \"n\": %s, \"d\": %s, \"l\": [\"a\", null, 3, [\"b\"]], \"m\": {\"a\": {}}}";
    String s =
        pick(List.of("a=1 b='x y' c", "a,b;c", "aaaaaaaaaaaaaaaaaaab", "\\u0000", "C:\\\\x"));
    String n =
        pick(List.of("0", "-1", "9223372036854775807", "1e400", "1E-300", "12345678901234567890"));
    return String.format(
            json, s, n, pick(List.of("0.5", "-1.25e3", "1e999999999", "false", "null")))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Edits bytes; sometimes blows a part up to as much as a megabyte. */
  byte[] event(byte[] seed, byte[] other) {
    byte[] bytes = seed;
    for (int edits = random.nextInt(6); edits > 0; edits--) {
      bytes = edit(bytes, other);
    }
    return random.nextInt(60) == 0 && bytes.length > 0 ? blownUp(bytes) : bytes;
  }

  private byte[] edit(byte[] bytes, byte[] other) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(40));
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> {}
      case 1 -> edited.write(random.nextInt(256));
      case 2 -> edited.write(other, 0, random.nextInt(other.length + 1));
      case 3 -> edited.writeBytes(pick(PIECES).getBytes(StandardCharsets.UTF_8));
      default -> {
        edited.write(bytes, at, end - at);
        edited.write(bytes, at, end - at);
      }
    }
    edited.write(bytes, end, bytes.length - end);
    return edited.toByteArray();
  }

  private byte[] blownUp(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(8, bytes.length - at));
    ByteArrayOutputStream large = new ByteArrayOutputStream();
    large.write(bytes, 0, at);
    while (large.size() + bytes.length < (1 << 20) - length) {
      large.write(bytes, at, length);
    }
    large.write(bytes, at, bytes.length - at);
    return large.toByteArray();
  }
}
