package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.describe.DescribedField;
import dev.camelsiem.flow.describe.Description;
import dev.camelsiem.flow.describe.FieldTexts;
import dev.camelsiem.flow.describe.Sentence;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.OutputFull;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has left in a frame, read from there: the same event that {@link SecurityEventReader}
 * would read from its JSON, without that JSON. Not thread-safe.
 */
public final class FrameValues extends EventValues {
  private final int longest;

  /** The texts of lists, fractions and sentences, side by side. */
  private final ByteOutput made;

  // Where they stand, by slot.
  private final int[] starts;
  private final int[] ends;

  /** What the event is called, by slot. */
  private final @Nullable Text[] names;

  /** The text of the value that was seen last, where it had to be made. */
  private final ByteOutput spelled = new ByteOutput(64);

  private Frame frame = new Frame();
  private int[] fields = {};
  private DateTime time = new DateTime(0, 0);
  private boolean own;

  /**
   * @param longest bytes of all that an event takes
   */
  FrameValues(FieldTable table, int longest) {
    this.longest = longest;
    made = new ByteOutput(2048, longest);
    starts = new int[table.size()];
    ends = new int[table.size()];
    names = new Text[table.size()];
  }

  /**
   * Takes what a rule has just left in a frame. It is good until that frame is used again.
   *
   * @return false when it would take more bytes than it may
   */
  public boolean take(RulePlan rule, Frame newFrame) {
    frame = newFrame;
    fields = rule.fields;
    own = true;
    made.clear();
    forget();
    int taken = 0;
    try {
      for (int i = 0; i < rule.set.length && taken + made.length() <= longest; i++) {
        int slot = rule.set[i];
        Object value = frame.value(fields[slot]);
        if (value instanceof Text text) {
          taken += text.length();
        } else if (!isShort(value) && (value instanceof ListValue || value instanceof BigDecimal)) {
          make(slot, value);
        }
      }
      if (rule.described.length > 0) {
        taken += describe(rule);
      }
    } catch (OutputFull tooLong) {
      return false;
    }
    return taken + made.length() <= longest;
  }

  /**
   * Whether a value is none, or of a class that is known at once; whether one is a list takes long
   * to find out when it is none.
   */
  private static boolean isShort(@Nullable Object value) {
    return value == null
        || value instanceof Long
        || value instanceof IpAddress
        || value instanceof DateTime;
  }

  /** False when the last event has a default sentence. */
  public boolean wasOwn() {
    return own;
  }

  /** Returns how many bytes of texts it took as they are. */
  private int describe(RulePlan rule) {
    int taken = 0;
    Description chosen = rule.descriptions.choose(frame);
    for (int i = 0; i < rule.described.length; i++) {
      DescribedField field = rule.described[i];
      int slot = rule.describedSlots[i];
      Sentence sentence = chosen.in(field.language());
      own &= sentence.isOwn();
      names[slot] = field.isSentence() ? null : sentence.name();
      if (field.isSentence()) {
        starts[slot] = made.length();
        sentence.write(frame, made);
        ends[slot] = made.length();
      } else {
        taken += sentence.name().length();
      }
    }
    return taken;
  }

  private void make(int slot, Object value) {
    starts[slot] = made.length();
    if (value instanceof ListValue list) {
      items(list, made);
    } else {
      FieldTexts.write(made, value);
    }
    ends[slot] = made.length();
  }

  /** Joins the plain items of a list with blanks; lists and maps in it are passed over. */
  private static void items(ListValue list, ByteOutput out) {
    int from = out.length();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (item == null || item instanceof ListValue || item instanceof MapValue) {
        continue;
      }
      if (out.length() > from) {
        out.put(' ');
      }
      FieldTexts.write(out, item);
    }
  }

  /** The value of a field as it is; null when it has none, or a sentence. */
  @Nullable Object value(int slot) {
    int field = fields[slot];
    return field >= 0 ? frame.value(field) : field == RulePlan.DESCRIBED ? names[slot] : null;
  }

  @Override
  boolean has(int slot) {
    return slot != FieldTable.NONE && (value(slot) != null || fields[slot] == RulePlan.DESCRIBED);
  }

  @Override
  boolean see(int slot) {
    address = null;
    Object value = slot == FieldTable.NONE ? null : value(slot);
    if (value instanceof Text text) {
      return text(TEXT, text.array(), text.from(), text.to());
    }
    if (value == null && !has(slot)) {
      return nothing();
    }
    if (value instanceof Long whole) {
      return number(WHOLE, whole);
    }
    if (value instanceof IpAddress ip) {
      address = ip;
      return text(TEXT, ip.original().array(), ip.original().from(), ip.original().to());
    }
    if (value instanceof DateTime at && EventTime.isSendable(at.epochMillis())) {
      time = at;
      return number(TIME, at.epochMillis());
    }
    if (value == null || value instanceof ListValue || value instanceof BigDecimal) {
      byte number = value instanceof BigDecimal ? NUMBER : TEXT;
      return text(number, made.array(), starts[slot], ends[slot]);
    }
    spelled.clear();
    FieldTexts.write(spelled, value);
    return text(TEXT, spelled.array(), 0, spelled.length());
  }

  @Override
  void spell() {
    spelled.clear();
    if (kind == TIME) {
      time.write(spelled);
    } else {
      spelled.putDecimal(number);
    }
    text(kind == TIME ? TEXT : NUMBER, spelled.array(), 0, spelled.length());
  }
}
