package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.pattern.PatternNode.Group;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.pattern.PatternNode.Repeat;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the typed value of what a binding has matched. */
final class Captures {
  private static final int LONGEST_NUMBER = 100;
  private static final int SAFE_NUMBER = 18;

  private final TokenKind[] kinds;
  private final @Nullable Splitter[] splitters;

  Captures(List<PatternNode> nodes, int bindings) {
    kinds = new TokenKind[bindings];
    splitters = new Splitter[bindings];
    for (PatternNode node : nodes) {
      if (node instanceof Group group) {
        group.alternatives().forEach(alternative -> alternative.forEach(this::add));
      }
    }
  }

  private void add(Item item) {
    if (item.binding() >= 0) {
      kinds[item.binding()] = item.repeat() == Repeat.ONCE ? item.kind() : TokenKind.STRING;
      splitters[item.binding()] = Splitter.of(item);
    }
  }

  /** The token by which a binding's value is made; that of a text for a repetition. */
  TokenKind kind(int binding) {
    return kinds[binding];
  }

  /** What splits the value of a binding; null for other tokens. */
  @Nullable Splitter splitter(int binding) {
    return splitters[binding];
  }

  /** The value of any other token. */
  static @Nullable Object value(TokenKind kind, byte[] bytes, int from, int to, Match match) {
    return switch (kind) {
      case NUMBER -> number(bytes, from, to);
      case IPV4 -> IpAddress.parseV4(Text.of(bytes, from, to));
      case IPV6 -> IpAddress.parseV6(Text.of(bytes, from, to));
      case MACADDR -> MacAddress.parse(Text.of(bytes, from, to));
      case DATETIME -> match.dateTime(from, to);
      case DURATION -> TokenEnds.durationSeconds(bytes, from, to);
      case CSV, KEYVALUE -> throw new IllegalArgumentException("is split");
      case WORD, WORDDASH, STRING, LITERAL, REST, UNTIL, HOSTNAME, NTUSER, QUOTED ->
          Text.of(bytes, from, to);
    };
  }

  /** True when the value as text is the text that was matched. */
  static boolean isPlain(TokenKind kind, byte[] bytes, int from, int to) {
    return switch (kind) {
      case NUMBER -> isCanonical(bytes, from, to);
      case MACADDR, DATETIME, DURATION, CSV, KEYVALUE -> false;
      case IPV4, IPV6, WORD, WORDDASH, STRING, LITERAL, REST, UNTIL, HOSTNAME, NTUSER, QUOTED ->
          true;
    };
  }

  /** No plus sign, no leading zeros, no negative zero, surely within 64 bits. */
  private static boolean isCanonical(byte[] bytes, int from, int to) {
    if (to - from > SAFE_NUMBER) {
      return false;
    }
    int digits = bytes[from] == '-' ? from + 1 : from;
    boolean zero = bytes[digits] == '0' && to - from == 1;
    return zero || (bytes[digits] >= '1' && bytes[digits] <= '9');
  }

  /** Beyond 64 bits a decimal; beyond all sense, which would take seconds to read, the digits. */
  private static Object number(byte[] bytes, int from, int to) {
    Long small = Numbers.decimal(bytes, from, to);
    if (small != null) {
      return small;
    }
    Text digits = Text.of(bytes, from, to);
    return to - from <= LONGEST_NUMBER ? new BigDecimal(digits.toString()) : digits;
  }
}
