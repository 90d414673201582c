package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.Body.Body3;
import dev.camelsiem.lang.function.Body.Body4;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.function.builtin.split.KeyValue;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens CSV and KEYVALUE split what they match exactly like the functions {@code csv} and
 * {@code keyvalue}: this is such a function with its arguments bound.
 */
final class Splitter {
  private final TokenKind kind;
  private final Body body;
  private final List<Text> arguments;

  private Splitter(TokenKind kind, Body body, List<Text> arguments) {
    this.kind = kind;
    this.body = body;
    this.arguments = arguments;
  }

  /** The splitter of an item; null when its token splits nothing. */
  static @Nullable Splitter of(Item item) {
    if (item.kind() != TokenKind.CSV && item.kind() != TokenKind.KEYVALUE) {
      return null;
    }
    String name = item.kind().name().toLowerCase(Locale.ROOT);
    FunctionSpec function = Functions.find(name);
    if (function == null) {
      throw new IllegalStateException("no function " + name);
    }
    List<Text> texts = item.arguments().stream().map(Text::of).toList();
    Arguments known = Arguments.unknown(texts.size() + 1);
    for (int i = 0; i < texts.size(); i++) {
      known = known.with(i + 1, texts.get(i));
    }
    return new Splitter(item.kind(), function.bind(known), texts);
  }

  /**
   * Splits a text.
   *
   * @param known the only keys that anybody will ask for, if it is pairs; null for all
   */
  @Nullable Object split(Text text, Budget budget, @Nullable KnownKeys known) {
    if (known != null && kind == TokenKind.KEYVALUE) {
      Text quote = arguments.size() > 2 ? arguments.get(2) : null;
      return KeyValue.apply(budget, text, arguments.get(0), arguments.get(1), quote, known);
    }
    if (body instanceof Body3 three) {
      return three.apply(budget, text, arguments.get(0), arguments.get(1));
    }
    return ((Body4) body).apply(budget, text, arguments.get(0), arguments.get(1), arguments.get(2));
  }
}
