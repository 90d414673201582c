package dev.camelsiem.flow.cef;

import dev.camelsiem.net.IpAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event as the encoder reads them: one at a time, by the slots of a {@link
 * FieldTable}, blanks at the ends of texts left out. Not thread-safe.
 */
abstract class EventValues {
  /** No value, or null. */
  static final byte ABSENT = 0;

  static final byte TEXT = 1;

  /** A number, as its text writes it. */
  static final byte NUMBER = 2;

  /** A point in time, whose epoch milliseconds {@link #number} is; its text is its ISO form. */
  static final byte TIME = 3;

  /** A whole number, which {@link #number} is. */
  static final byte WHOLE = 4;

  static final byte[] NOTHING = {};

  // What the field that was seen last has.
  byte kind;

  /** Holds its text, once it is {@linkplain #find found}, from {@link #from} to {@link #to}. */
  byte[] bytes = NOTHING;

  int from;
  int to;

  // The same with blanks and all.
  int firstBlank;
  int lastBlank;

  /** Of a time or a whole number. */
  long number;

  /** The address that it was known to be when it was seen. */
  @Nullable IpAddress address;

  /**
   * Looks at a field; of a time and a whole number it makes no text.
   *
   * @return false when the event has no value there, or only blanks; its text is then empty
   */
  abstract boolean see(int slot);

  /** Makes the text of the time or the whole number that was seen last; its kind is that of it. */
  abstract void spell();

  /** Whether a field is there, and be it of blanks. */
  abstract boolean has(int slot);

  /** Looks at the text of a field, whatever it is. */
  final boolean find(int slot) {
    boolean there = see(slot);
    demandText();
    return there;
  }

  /** Makes a text of what was seen last unless it has one. */
  final void demandText() {
    if (kind >= TIME) {
      spell();
    }
  }

  /** The text that was found last, blanks and all; null when there is none. */
  final @Nullable String string() {
    return kind == ABSENT
        ? null
        : new String(bytes, firstBlank, lastBlank - firstBlank, StandardCharsets.UTF_8);
  }

  /** The field that was seen has no value; its text is empty, whatever array it stands in. */
  final boolean nothing() {
    kind = ABSENT;
    from = 0;
    to = 0;
    return false;
  }

  /** Lets go of the text that was seen last. */
  final void forget() {
    nothing();
    bytes = NOTHING;
  }

  /** The field that was seen has a text. */
  final boolean text(byte newKind, byte[] array, int start, int end) {
    kind = newKind;
    if (bytes != array) { // storing a reference costs more than looking at it
      bytes = array;
    }
    firstBlank = start;
    lastBlank = end;
    from = CefText.trimStart(array, start, end);
    to = CefText.trimEnd(array, from, end);
    return from < to;
  }

  /** The field that was seen has a number, perhaps of milliseconds. */
  final boolean number(byte newKind, long value) {
    kind = newKind;
    number = value;
    return true;
  }
}
