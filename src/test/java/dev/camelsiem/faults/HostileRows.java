package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.fullRow;
import static dev.camelsiem.faults.Rows.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Events made to hurt, on a route of their own in the same process. The judge looks at the honest
 * events of the other route; here it is counted that each hostile one has its outcome.
 */
final class HostileRows {
  private static final String[] BYTES = {
    "\u0085", "\u2028", "\ufeff", "\\u0000", "\\ud800", "\\udfff\\ud83d", "\u009b31m", "\\u001b[2J"
  };

  /** Not UTF-8, or not JSON. */
  private static final byte[][] REFUSED = {
    {(byte) 0xc3, 0x28}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xff}, {0}, {0x1b}, {'"'}
  };

  private static final String[] SEPARATORS = {
    "\\r",
    "\\n",
    "\\r\\n",
    "|",
    "\\\\",
    "=",
    "]",
    "\\\"",
    " act=x",
    " CEF:0|a|b|c|d|e|5|k=v",
    "\\\\n",
    "\\\\=",
    "<13>1 - - ",
    "\\u0085",
    "\\t"
  };

  private HostileRows() {}

  static List<Row> rows() {
    return List.of(
        row("24", "invalid UTF-8, NUL, BOM, U+2028, surrogates, C1", NOTHING, s -> bytes(s, false)),
        fullRow("24t", "the same by syslog over TCP", NOTHING, s -> bytes(s, true)),
        fullRow(
            "25", "line ends and separators in every field", NOTHING, s -> separators(s, false)),
        row("25t", "the same by syslog over TCP", NOTHING, s -> separators(s, true)),
        row("26", "as many hosts, users and sources as events", NOTHING, HostileRows::distinct),
        row("27", "JSON: deep, wide, long numbers, keys twice", NOTHING, HostileRows::json),
        row("28", "XML: outside entities, bombs, deep", NOTHING, HostileRows::xml),
        row("29", "bombs for regular expressions and formats", NOTHING, HostileRows::regex),
        row("30", "rules that fail in all ways", NOTHING, HostileRows::rules));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] event(int number, byte[] head, byte[] middle, String end) {
    byte[] begin =
        bytes(
            "{\"id\":\"ADM-001\",\"status\":\"Success\",\"source\":\"s\",\"user\":\""
                + number
                + ".");
    byte[] all = new byte[head.length + begin.length + middle.length + bytes(end).length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(begin, 0, all, head.length, begin.length);
    System.arraycopy(middle, 0, all, head.length + begin.length, middle.length);
    byte[] last = bytes(end);
    System.arraycopy(last, 0, all, all.length - last.length, last.length);
    return all;
  }

  private static void bytes(Scene s, boolean syslog) throws Exception {
    List<byte[]> hostile = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < s.of(2_000, 200_000); i++) {
      byte[] head = bytes(i % 5 == 0 ? "\ufeff" : "");
      if (i % 3 == 0) {
        hostile.add(event(i, head, REFUSED[i / 3 % REFUSED.length], ".z\"}"));
        refused++;
      } else {
        String middle = BYTES[i % BYTES.length] + BYTES[i / 3 % BYTES.length];
        hostile.add(event(i, head, bytes(middle), ".z\"}"));
      }
    }
    HostileRoute route = HostileRoute.cef(s, syslog);
    route.run(hostile, hostile.size() - refused, refused);
  }

  private static void separators(Scene s, boolean syslog) throws Exception {
    List<byte[]> hostile = new ArrayList<>();
    for (int i = 0; i < s.of(2_000, 200_000); i++) {
      String a = SEPARATORS[i % SEPARATORS.length];
      String b = SEPARATORS[i / SEPARATORS.length % SEPARATORS.length];
      String rest =
          ".z\",\"sourceIp\":\"%s\",\"category\":\"%s\",\"reason\":\"%s\",\"x%s\":\"%s\",\"message\":\"%s\"}"
              .formatted(a, b, a + b, a, b, b + a);
      hostile.add(event(i, new byte[0], bytes(a + b), rest));
    }
    HostileRoute.cef(s, syslog).run(hostile, hostile.size(), 0);
  }

  private static void distinct(Scene s) throws Exception {
    HostileRoute route = HostileRoute.cef(s, false);
    IntFunction<byte[]> each =
        i ->
            event(
                i,
                new byte[0],
                bytes("u" + i),
                ".z\",\"host%d\":\"h\",\"sourceIp\":\"10.%d.%d.%d\",\"n%d\":{\"m\":1},\"pod\":\"p%d\"}"
                    .formatted(i, i >> 16 & 255, i >> 8 & 255, i & 255, i, i));
    int half = s.of(10_000, 500_000);
    route.start();
    route.send(half, each, half, 0);
    long before = route.heap();
    route.send(half, i -> each.apply(i + half), 2 * half, 0);
    long after = route.heap();
    s.note("heap %d KiB, then %d KiB", before, after);
    if (after > before + 20_000) {
      s.problem("the heap grew from %d to %d KiB with the number of names", before, after);
    }
  }

  private static void json(Scene s) throws Exception {
    List<byte[]> hostile = new ArrayList<>();
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; i < 40_000; i++) {
      keys.append("\"k").append(i).append("\":1,");
    }
    for (int i = 0; i < s.of(4, 400); i++) {
      hostile.add(bytes("{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000)));
      hostile.add(bytes("{\"kind\":\"a\",\"a\":" + "9".repeat(250_000) + "}"));
      hostile.add(bytes("{\"kind\":\"a\",\"a\":[1," + "9".repeat(101) + "]}"));
      hostile.add(bytes(keys + "\"kind\":\"a\"}"));
      hostile.add(bytes("{\"kind\":\"a\",\"a\":[" + "1,".repeat(120_000) + "1]}"));
      hostile.add(bytes("{\"kind\":\"a\",\"kind\":\"b\"}"));
    }
    HostileRoute route = HostileRoute.rules(s);
    route.rule("json", "JSON = 'kind=\"b\"'\nid = \"J\"");
    int each = hostile.size() / 6;
    route.run(hostile, each, 5 * each);
  }

  private static void xml(Scene s) throws Exception {
    List<byte[]> hostile = new ArrayList<>();
    StringBuilder laughs = new StringBuilder("<!DOCTYPE a [<!ENTITY b \"ha\">");
    for (char c = 'c'; c < 'k'; c++) {
      laughs.append("<!ENTITY ").append(c).append(" \"");
      laughs.append(("&" + (char) (c - 1) + ";").repeat(10)).append("\">");
    }
    for (int i = 0; i < s.of(10, 1_000); i++) {
      hostile.add(bytes("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"));
      hostile.add(bytes("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x\"><a>x</a>"));
      hostile.add(bytes(laughs + "]><a>&j;</a>"));
      hostile.add(bytes("<a>".repeat(20_000) + "</a>".repeat(20_000)));
      hostile.add(bytes("<a>" + "<b/>".repeat(5_000) + "</a>"));
      hostile.add(bytes("<a>" + "x".repeat(100_000) + "&b;</a>"));
    }
    HostileRoute route = HostileRoute.rules(s);
    route.rule("xml", "XML = 'a'\nid = \"X\"\nreason = $a[\"!\"]");
    route.run(hostile, 0, hostile.size());
  }

  private static void regex(Scene s) throws Exception {
    List<byte[]> hostile = new ArrayList<>();
    String[] texts = {
      "a".repeat(60_000), "x,".repeat(30_000), "AB".repeat(30_000), " =".repeat(30_000)
    };
    for (int i = 0; i < s.of(60, 3_000); i++) {
      hostile.add(bytes("bomb" + i / texts.length % 4 + " " + texts[i % texts.length] + "!"));
    }
    HostileRoute route = HostileRoute.rules(s);
    String[] expressions = {
      "(?:a*a*a*a*a*a*a*a*){100}b", "^(?:.*?,){40}P", "(?:(?:A|B|AB|BA)*(x+x+)+y){10}"
    };
    for (int i = 0; i < expressions.length; i++) {
      String formula = "TEXT = 'bomb%d {$t=REST}'\n$x = regex($t, \"%s\", 0)\nid = $x + \"R\"";
      for (int copy = 0; copy < 20; copy++) {
        route.rule("bomb" + i + "_" + copy, formula.formatted(i, expressions[i]));
      }
    }
    // The others are refused by their price, which costs nothing. Each of these can be afforded.
    String dear =
        "TEXT = 'bomb3 {$t=REST}'\n" + "$x = regex($t, \"(?:A|x)*(?:B|,)z\", 0)\n".repeat(20);
    route.rule("dear", dear + "id = $x + \"R\"");
    route.run(hostile, 0, hostile.size());
    if (route.said("It gets a part of its budget") < 1 && s.full) {
      s.problem("it is not told that a rule fails very often");
    }
  }

  private static void rules(Scene s) throws Exception {
    HostileRoute route = HostileRoute.rules(s);
    String[] bodies = {
      "$a = 1 / 0 $b = $missing[\"x\"] $c = \"x\" - 1 reason = $a + $b + $c",
      "$a = $t + $t " + "$a = $a + $a ".repeat(40) + "reason = $a",
      "$a = append(null, $t) " + "$a = append(append(null, $a), $a) ".repeat(60) + "asset_ids = $a",
      "reason = replace($t, \"yy\", \"x\") + substr($t, -5, 99) + string(number($t))",
    };
    for (int i = 0; i < bodies.length; i++) {
      route.rule("r" + i, "TEXT = 'do%d {$t=REST}'\n%s\nid = \"R%d\"".formatted(i, bodies[i], i));
    }
    for (int i = 0; i < s.of(50, 995); i++) {
      route.rule("other" + i, "TEXT = 'other%d {$t=REST}'\nid = \"O%d\"".formatted(i, i));
    }
    List<byte[]> hostile = new ArrayList<>();
    int each = s.of(100, 5_000);
    for (int i = 0; i < bodies.length * each; i++) {
      hostile.add(bytes("do" + i % bodies.length + " " + "x".repeat(2_000)));
    }
    route.run(hostile, 2 * each, 2 * each);
  }
}
