package dev.camelsiem.lang.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a format means, in the plainest way: recursion over strings, every derivation in order. Slow
 * and without limits; the oracle for {@link Machine}.
 */
final class NaiveMatcher {
  /** One item: a token or quoted text, its repetition and its variable. */
  record Piece(String token, String argument, char repeat, String variable) {
    @Override
    public String toString() {
      String quoted =
          '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
      String atom =
          token.isEmpty() ? quoted : token.equals("UNTIL") ? "UNTIL(" + quoted + ")" : token;
      String name = variable.isEmpty() ? "" : "$" + variable + "=";
      return name + atom + (repeat == '1' ? "" : String.valueOf(repeat));
    }
  }

  /** A literal outside of braces (one alternative with one piece) or a group. */
  record Part(boolean literal, List<List<Piece>> alternatives, boolean optional) {
    @Override
    public String toString() {
      if (literal) {
        return alternatives.get(0).get(0).argument();
      }
      List<String> shown = new ArrayList<>();
      alternatives.forEach(
          a -> shown.add(String.join(" ", a.stream().map(Piece::toString).toList())));
      return "{" + String.join("|", shown) + (optional ? "?" : "") + "}";
    }
  }

  private final List<Part> parts;
  private final String text;
  private TreeMap<String, String> bound = new TreeMap<>();

  NaiveMatcher(List<Part> parts, String text) {
    this.parts = parts;
    this.text = text;
  }

  /** What the variables are bound to, {@code <null>} for nothing; null when it doesn't match. */
  @Nullable Map<String, String> match() {
    return part(0, 0) ? bound : null;
  }

  private boolean part(int index, int at) {
    if (index == parts.size()) {
      return skip(at) == text.length();
    }
    Part part = parts.get(index);
    List<List<Piece>> alternatives = new ArrayList<>(part.alternatives());
    if (part.optional()) {
      alternatives.add(List.of());
    }
    for (List<Piece> alternative : alternatives) {
      if (pieces(alternative, 0, at, end -> part(index + 1, end))) {
        return true;
      }
    }
    return false;
  }

  private boolean pieces(List<Piece> pieces, int index, int at, IntPredicate then) {
    if (index == pieces.size()) {
      return then.test(at);
    }
    Piece piece = pieces.get(index);
    IntPredicate rest = end -> pieces(pieces, index + 1, end, then);
    if (piece.repeat() == '*' && withBinding(piece, "<null>", () -> rest.test(at))) {
      return true;
    }
    int start = skip(at);
    int end = end(piece, start);
    while (end >= 0) {
      int reached = end;
      int valueEnd = piece.token().equals("UNTIL") ? end - piece.argument().length() : end;
      if (withBinding(piece, text.substring(start, valueEnd), () -> rest.test(reached))) {
        return true;
      }
      end = piece.repeat() == '1' ? -1 : end(piece, skip(end));
    }
    return false;
  }

  private boolean withBinding(Piece piece, String value, java.util.function.BooleanSupplier rest) {
    TreeMap<String, String> before = new TreeMap<>(bound);
    if (!piece.variable().isEmpty()) {
      bound.put(piece.variable(), value);
    }
    if (rest.getAsBoolean()) {
      return true;
    }
    bound = before;
    return false;
  }

  private int end(Piece piece, int at) {
    return switch (piece.token()) {
      case "" -> {
        // A literal that begins with blanks takes the last blanks before what follows it.
        yield text.startsWith(piece.argument(), at) ? at + piece.argument().length() : -1;
      }
      case "NUMBER" -> regex("[-+]?[0-9]+", at);
      case "WORD" -> regex("[A-Za-z0-9_]+", at);
      case "WORDDASH" -> regex("[A-Za-z0-9_-]+", at);
      case "STRING" -> regex("[^ \\t\\n]+", at);
      case "LITERAL" -> regex("[^ \\t\\n]", at);
      case "REST" -> text.length();
      case "HOSTNAME" -> regex("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?", at);
      case "IPV4" -> regex("(" + OCTET + "[.]){3}" + OCTET + "(?![0-9])", at);
      case "UNTIL" -> {
        int found = text.indexOf(piece.argument(), at);
        yield found < 0 ? -1 : found + piece.argument().length();
      }
      default -> throw new IllegalArgumentException(piece.token());
    };
  }

  private int regex(String regex, int at) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    return matcher.region(at, text.length()).useTransparentBounds(true).lookingAt()
        ? matcher.end()
        : -1;
  }

  private int skip(int at) {
    int end = at;
    while (end < text.length() && " \t\n".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
  private static final String[] TOKENS = {
    "NUMBER",
    "WORD",
    "WORDDASH",
    "STRING",
    "LITERAL",
    "HOSTNAME",
    "IPV4",
    "UNTIL",
    "REST",
    "",
    "",
    "LITERAL",
    "STRING"
  };
  private static final String[] LITERALS = {"a", "b", "-", ".", ":", "ab", "a b", "1", "x_1", "--"};

  static List<Part> randomFormat(Random random) {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      parts.add(random.nextInt(3) == 0 ? literal(random) : group(random));
    }
    return parts;
  }

  private static Part literal(Random random) {
    String[] lexemes = {"a", "b", "-", ":", "ab", "1", "x_1", "."};
    String lexeme = lexemes[random.nextInt(lexemes.length)];
    return new Part(true, List.of(List.of(new Piece("", lexeme, '1', ""))), false);
  }

  private static Part group(Random random) {
    List<List<Piece>> alternatives = new ArrayList<>();
    for (int i = random.nextInt(4) / 2; i >= 0; i--) {
      List<Piece> pieces = new ArrayList<>();
      for (int j = random.nextInt(8) / 3; j >= 0; j--) {
        pieces.add(piece(random));
      }
      alternatives.add(pieces);
    }
    if (alternatives.size() > 1 && random.nextInt(4) == 0) {
      alternatives.set(alternatives.size() - 1, List.of());
    }
    return new Part(false, alternatives, random.nextInt(3) == 0);
  }

  private static Piece piece(Random random) {
    String token = TOKENS[random.nextInt(TOKENS.length)];
    char repeat = "111+*".charAt(random.nextInt(5));
    if (token.equals("REST")) {
      repeat = '1';
    }
    String variable =
        random.nextInt(2) == 0 ? "" : String.valueOf((char) ('p' + random.nextInt(4)));
    return new Piece(token, LITERALS[random.nextInt(LITERALS.length)], repeat, variable);
  }

  /** A text that has some chance to match: made piece by piece from the format, then disturbed. */
  static String randomText(List<Part> format, Random random) {
    StringBuilder text = new StringBuilder();
    for (Part part : format) {
      List<Piece> pieces = part.alternatives().get(random.nextInt(part.alternatives().size()));
      if (part.optional() && random.nextBoolean()) {
        continue;
      }
      for (Piece piece : pieces) {
        text.append(random.nextInt(3) == 0 ? "" : random.nextInt(6) == 0 ? " \n" : " ");
        int times = piece.repeat() == '1' ? 1 : random.nextInt(3) + (piece.repeat() == '+' ? 1 : 0);
        for (int i = 0; i < times; i++) {
          text.append(sample(piece, random)).append(times > 1 && random.nextBoolean() ? " " : "");
        }
      }
    }
    if (random.nextInt(4) == 0 && text.length() > 0) {
      text.setCharAt(random.nextInt(text.length()), "ab1 -.:".charAt(random.nextInt(7)));
    }
    return text.toString();
  }

  private static String sample(Piece piece, Random random) {
    String[] words = {
      "a", "b", "ab", "x_1", "1", "a-b", "a.b", "10.0.0.1", "-5", "a b", ":", "aab"
    };
    return switch (piece.token()) {
      case "" -> piece.argument();
      case "UNTIL" -> words[random.nextInt(words.length)] + piece.argument();
      case "NUMBER" -> random.nextInt(3) == 0 ? "-7" : "12";
      case "IPV4" -> "10.0.0.1";
      default -> words[random.nextInt(words.length)];
    };
  }

  /** A format as text, with blanks here and there. */
  static String print(List<Part> format, Random random) {
    StringBuilder printed = new StringBuilder();
    @Nullable Part before = null;
    for (Part part : format) {
      boolean apart = before != null && before.literal() && part.literal();
      printed.append(apart || random.nextBoolean() ? " " : "").append(part);
      before = part;
    }
    return printed.toString();
  }
}
