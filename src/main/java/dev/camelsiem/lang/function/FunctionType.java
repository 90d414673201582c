package dev.camelsiem.lang.function;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ValueKind;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a parameter takes and a function gives: for documents by its word, for checks by kinds. */
public enum FunctionType {
  ANY("Any", null, EnumSet.allOf(ValueKind.class)),
  BOOL("Bool", ValueKind.BOOL, EnumSet.of(ValueKind.BOOL)),
  BUFFER("Buffer", ValueKind.BUFFER, EnumSet.of(ValueKind.BUFFER)),
  DATETIME("DateTime", ValueKind.DATE_TIME, spelled(ValueKind.DATE_TIME)),
  IP("IPAddress", ValueKind.IP_ADDRESS, spelled(ValueKind.IP_ADDRESS)),
  LIST("List", ValueKind.LIST, EnumSet.of(ValueKind.LIST)),
  MAC("MACAddress", ValueKind.MAC_ADDRESS, spelled(ValueKind.MAC_ADDRESS)),
  MAP("Map", ValueKind.MAP, EnumSet.of(ValueKind.MAP)),
  NUMBER("Number", ValueKind.NUMBER, spelled(ValueKind.NUMBER)),
  SCALAR("Scalar", null, scalars()),
  /** Other scalars are converted to it. */
  STRING("String", ValueKind.STRING, scalars()),
  /** A String to which nothing is converted. */
  TEXT("Text", ValueKind.STRING, spelled(ValueKind.STRING));

  /** An event that was received then has a year for every date that lacks one, be it a leap day. */
  public static final long END_OF_A_LEAP_YEAR =
      Instant.parse("2024-12-31T00:00:00Z").toEpochMilli();

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has it
  private final Set<ValueKind> gives;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has it
  private final Set<ValueKind> takes;

  FunctionType(String word, @Nullable ValueKind kind, EnumSet<ValueKind> takes) {
    this.word = word;
    this.takes = Collections.unmodifiableSet(takes);
    this.gives = kind == null ? this.takes : Collections.unmodifiableSet(EnumSet.of(kind));
  }

  /** This kind, and what may spell a value of it. */
  private static EnumSet<ValueKind> spelled(ValueKind kind) {
    return EnumSet.of(kind, ValueKind.STRING, ValueKind.XML_NODE);
  }

  private static EnumSet<ValueKind> scalars() {
    return EnumSet.complementOf(
        EnumSet.of(ValueKind.NULL, ValueKind.LIST, ValueKind.MAP, ValueKind.BUFFER));
  }

  public String word() {
    return word;
  }

  /** The kinds of a value of this type. */
  public Set<ValueKind> gives() {
    return gives;
  }

  /** True when a value of this kind may be one of this type, or be converted to one. */
  public boolean takes(ValueKind kind) {
    return takes.contains(kind);
  }

  /** False for a text of which this type makes nothing: it spells no number, address or date. */
  public boolean reads(Object text) {
    return switch (this) {
      case DATETIME -> Convert.dateTime(text, END_OF_A_LEAP_YEAR) != null;
      case IP -> Convert.ip(text) != null;
      case MAC -> Convert.mac(text) != null;
      case NUMBER -> Convert.number(text) != null;
      case ANY, BOOL, BUFFER, LIST, MAP, SCALAR, STRING, TEXT -> true;
    };
  }

  /** The words of several types: {@code String or List}. */
  static String words(List<FunctionType> types) {
    return String.join(" or ", types.stream().map(FunctionType::word).toList());
  }
}
