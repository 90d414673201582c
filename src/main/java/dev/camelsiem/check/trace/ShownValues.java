package dev.camelsiem.check.trace;

import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.ByteOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Shows values of the language to people. */
public final class ShownValues {
  /** What {@link #show} shows at most, in characters. */
  public static final int LONGEST = 400;

  private ShownValues() {}

  /** A value as JSON, shortened. */
  public static String show(@Nullable Object value) {
    String json = json(value);
    return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
  }

  /** A value as JSON; an XML node by its name. */
  public static String json(@Nullable Object value) {
    if (value instanceof XmlNode node) {
      return "<" + node.name() + ">";
    }
    ByteOutput out = new ByteOutput(64);
    JsonOutput.value(out, value);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }

  /** A piece of an event for a line of output: control characters become dots. */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean odd =
                  Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
              shown.appendCodePoint(odd ? '·' : c);
            });
    return shown.toString();
  }
}
