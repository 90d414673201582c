package dev.camelsiem.lang.value;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import dev.camelsiem.time.DateTimeParser;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Conversion of any value to one kind (xp 6.2, 6.3); null when it can't be. Never throws. */
public final class Convert {
  static final Text TRUE = Text.of("true");
  static final Text FALSE = Text.of("false");
  private static final byte[] CAPITAL_FALSE = {'F', 'a', 'l', 's', 'e'};

  private Convert() {}

  /** As {@code string()}: null, List, Map and Buffer give null. */
  public static @Nullable Text text(@Nullable Object value) {
    if (value == null) {
      return null;
    } else if (value instanceof Text text) {
      return text;
    } else if (value instanceof Long || value instanceof BigDecimal) {
      return Numbers.text(value);
    } else if (value instanceof Boolean bool) {
      return bool ? TRUE : FALSE;
    } else if (value instanceof IpAddress ip) {
      return ip.original();
    } else if (value instanceof DateTime date) {
      return date.text();
    } else if (value instanceof MacAddress mac) {
      return mac.text();
    } else if (value instanceof XmlNode node) {
      return node.text().isEmpty() ? null : node.text();
    }
    return null;
  }

  /** The same, which pays for a text that has to be made. */
  public static @Nullable Text text(Budget budget, @Nullable Object value) {
    if (value instanceof Text text) {
      return text;
    }
    if (value instanceof BigDecimal) {
      budget.step(2 * Operators.DECIMAL_OPERATION);
    } else if (value != null) {
      budget.step(2);
    }
    return text(value);
  }

  /** An XML node becomes its text, every other value stays. */
  public static @Nullable Object scalar(@Nullable Object value) {
    return value instanceof XmlNode ? text(value) : value;
  }

  /** As {@code number()}, a whole number: fractions are cut off, text after the digits ignored. */
  public static @Nullable Long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    Object scalar = scalar(value);
    if (scalar instanceof Text text) {
      return Numbers.leading(text);
    }
    if (scalar instanceof BigDecimal decimal && Numbers.isSmall(decimal)) {
      Object whole = Numbers.normal(decimal.setScale(0, java.math.RoundingMode.DOWN));
      return whole instanceof Long number ? number : null;
    }
    return null;
  }

  /** As {@code number()}, a fraction passing through: a Long or a BigDecimal. */
  public static @Nullable Object numeric(@Nullable Object value) {
    return value instanceof BigDecimal ? value : number(value);
  }

  public static @Nullable IpAddress ip(@Nullable Object value) {
    if (value instanceof IpAddress ip) {
      return ip;
    }
    return scalar(value) instanceof Text text ? IpAddress.parse(Blanks.trim(text)) : null;
  }

  public static @Nullable MacAddress mac(@Nullable Object value) {
    if (value instanceof MacAddress mac) {
      return mac;
    }
    return scalar(value) instanceof Text text ? MacAddress.parse(Blanks.trim(text)) : null;
  }

  /**
   * As {@code datetime()}.
   *
   * @param receivedAt when the event was received, for dates without a year
   */
  public static @Nullable DateTime dateTime(@Nullable Object value, long receivedAt) {
    if (value instanceof DateTime date) {
      return date;
    }
    return scalar(value) instanceof Text text ? DateTimeParser.parse(text, receivedAt) : null;
  }

  /**
   * As {@code bool()}: true for true, a number that isn't 0, and every text but {@code "0"}, {@code
   * "false"}, {@code "False"} and the empty one.
   */
  public static boolean bool(@Nullable Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    Object scalar = scalar(value);
    if (scalar instanceof Text text) {
      return !(text.isEmpty()
          || (text.length() == 1 && text.byteAt(0) == '0')
          || text.equals(FALSE)
          || text.contentEquals(CAPITAL_FALSE));
    }
    if (scalar instanceof Long number) {
      return number != 0;
    }
    return scalar instanceof BigDecimal decimal && decimal.signum() != 0;
  }
}
