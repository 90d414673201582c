package dev.camelsiem.flow.dispatch;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules and events from a small stock of words, so that they often meet. */
final class RandomRules {
  private static final String[] KEYS = {"k", "m", "n"};
  private static final String[] CONSTANTS = {
    "\"a\"", "\"b\"", "1", "\"1\"", "\"01\"", "true", "\"true\"", "-1", "\"1.5\"", "\"\""
  };
  private static final String[] VALUES = {
    "\"a\"",
    "\"b\"",
    "\" a \"",
    "1",
    "\"1\"",
    "\"01\"",
    "1.0",
    "1.5",
    "true",
    "\"true\"",
    "null",
    "-1",
    "[\"a\"]",
    "{\"x\":\"a\"}",
    "{\"x\":1}",
    "\"\"",
    "\"bab\"",
    "99999999999999999999"
  };
  private static final String[] WORDS = {
    "login", "failed", "log", "gins", "for", "user", "a", "1", ":", "[", "]", "door", "closed",
    "opened", "doors", "window"
  };
  private static final String[] TOKENS = {
    "{WORD}", "{$k=WORD}", "{NUMBER}", "{$m=STRING+}", "{$n=UNTIL(\"for\")}", "{\"in\"|\"out\"}",
    "{$k=REST}", "{\"user\"?}", "{STRING*}", "{$n=\"door\"}", "{$k=NUMBER}", "{$m=LITERAL*}"
  };

  private final Random random;

  RandomRules(Random random) {
    this.random = random;
  }

  List<CompiledRule> rules(int most) {
    List<CompiledRule> rules = new ArrayList<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      rules.add(compile("r" + i, rule(i)));
    }
    return rules;
  }

  static CompiledRule compile(String name, String source) {
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile(name, source), Taxonomy.standard(), Options.FOR_PRODUCTION);
    if (compilation.rule() == null) {
      throw new AssertionError(source + compilation.findings());
    }
    return compilation.rule();
  }

  private String rule(int number) {
    StringBuilder rule = new StringBuilder(head()).append('\n');
    if (random.nextInt(4) > 0) {
      rule.append("COND = ").append(condition(2)).append('\n');
    }
    rule.append(random.nextInt(8) == 0 ? "drop\n" : "");
    rule.append(random.nextInt(8) == 0 ? "$m = $k\n" : "");
    rule.append("datafield1 = ").append(variable()).append('\n');
    rule.append("datafield2 = ").append(variable()).append('\n');
    return rule.append("id = \"r").append(number).append("\"\n").toString();
  }

  private String head() {
    return switch (random.nextInt(6)) {
      case 0 -> "JSON = ''";
      case 1 ->
          "JSON = '" + pick(KEYS) + "=" + pick("\"a\"", "1", "\"01\"", "\"1.5\"", "true") + "'";
      case 2 -> "EVENTLOG = 'EventID=\"" + random.nextInt(3) + "\"'";
      case 3 -> "XML = '" + pick("A", "A.B", "A.B=\"a\"", "B") + "'";
      default -> "TEXT = '" + format() + "'";
    };
  }

  private String format() {
    StringBuilder format = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      format.append(random.nextBoolean() ? pick(WORDS) : pick(TOKENS)).append(' ');
    }
    return format.append(random.nextBoolean() ? "{REST}" : "").toString();
  }

  private String variable() {
    return random.nextInt(4) == 0
        ? pick(
            "$Event[\"EventData\"][\"Data\"][\"k\"]", "$Data", "$m[\"x\"][\"y\"]", "$System[\"k\"]")
        : pick("$k", "$m", "$n", "$m[\"x\"]", "$Data[\"k\"]", "$m[0]");
  }

  private String condition(int depth) {
    String variable = variable();
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0, 1 -> variable + " == " + pick(CONSTANTS);
      case 2 ->
          "in_list([" + pick(CONSTANTS) + ", null, " + pick(CONSTANTS) + "], " + variable + ")";
      case 3 -> "find_substr(" + variable + ", " + pick("\"a\"", "\"in\"", "\"b\"") + ") != null";
      case 4 -> variable + " != null";
      case 5 -> variable + " == " + pick(CONSTANTS) + " or " + variable + " == " + pick(CONSTANTS);
      case 6 -> pick(CONSTANTS) + " == " + variable;
      case 7 -> "not (" + condition(depth - 1) + ")";
      default -> "(" + condition(depth - 1) + ") and (" + condition(depth - 1) + ")";
    };
  }

  String event() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> object();
      case 2 ->
          "{\"Event\":{\"System\":{\"EventID\":"
              + pick("\"0\"", "\"1\"", "1", "{\"text\":\"1\"}")
              + pick("", ",\"k\":\"s\"", ",\"m\":{\"x\":\"s\"}", ",\"k\":null")
              + "}"
              + pick("", ",\"k\":\"e\"", ",\"m\":{\"x\":{\"y\":1}}")
              + ",\"EventData\":{\"k\":\"d\",\"Data\":"
              + data()
              + "}}}";
      case 3 ->
          pick("<A/>", "<A><B>a</B></A>", "<B/>", "<A><B/></A>", "<A>", "<x:A><B>b</B></x:A>");
      default -> text();
    };
  }

  private String data() {
    String pair = "{\"Name\":\"k\",\"text\":" + pick("\"a\"", "\"b\"", "\"1\"") + "}";
    return pick(
        pair,
        "[" + pair + "]",
        "[" + pair + "]",
        "[" + pair + ",\"b\"]",
        "[{\"Name\":\"m\"}," + pair + "]",
        "{\"k\":\"a\"}",
        "\"a\"",
        "null");
  }

  private String object() {
    List<String> members = new ArrayList<>();
    for (String key : KEYS) {
      if (random.nextInt(4) > 0) {
        members.add("\"" + key + "\":" + pick(VALUES));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(pick(WORDS)).append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private String pick(String... stock) {
    return stock[random.nextInt(stock.length)];
  }
}
