package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.describe.DescribedField;
import dev.camelsiem.flow.describe.Description;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.flow.describe.FieldTexts;
import dev.camelsiem.flow.describe.Sentence;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.OutputFull;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills a {@link SecurityEvent} with what a rule has left in a frame: the same event that {@link
 * SecurityEventReader} would read from its JSON, without that JSON. Texts stay where they are. Not
 * thread-safe.
 */
public final class NormalizedEventReader {
  private final FieldTable table;
  private final int longest;
  private boolean own;

  /** Bytes of the texts that the event took as they are. */
  private int taken;

  /**
   * @param longest bytes of all that an event takes
   */
  NormalizedEventReader(FieldTable table, int longest) {
    this.table = table;
    this.longest = longest;
  }

  /** Which fields of a rule go to which slots of the event. Immutable. */
  public static final class Route {
    private final int[] fields;
    private final int[] slots;
    private final DescribedField[] added;
    private final int[] addedSlots;
    private final Descriptions descriptions;

    private Route(FieldTable table, CompiledRule rule, Descriptions descriptions) {
      this.descriptions = descriptions;
      List<DescribedField> described = new ArrayList<>();
      int[] from = new int[table.size()];
      int[] to = new int[table.size()];
      int count = 0;
      for (int slot = 0; slot < table.size(); slot++) {
        DescribedField special = DescribedField.of(table.name(slot));
        int field = rule.slotOf(table.name(slot));
        if (special != null) {
          described.add(special);
        } else if (field >= 0) {
          from[count] = field;
          to[count++] = slot;
        }
      }
      fields = Arrays.copyOf(from, count);
      slots = Arrays.copyOf(to, count);
      added = described.toArray(DescribedField[]::new);
      addedSlots = described.stream().mapToInt(each -> table.slot(each.field())).toArray();
    }
  }

  /** To be made once for a rule; readers of the same encoding share it. */
  public Route route(CompiledRule rule, Descriptions descriptions) {
    return new Route(table, rule, descriptions);
  }

  /**
   * Fills an event with what the route's rule has just left in the frame. It is good until that
   * frame is used again.
   *
   * @return false when it would take more bytes than it may
   */
  public boolean read(Route route, Frame frame, SecurityEvent event) {
    event.clear();
    own = true;
    taken = 0;
    try {
      for (int i = 0; i < route.fields.length && fits(event); i++) {
        Object value = frame.value(route.fields[i]);
        if (value != null) {
          value(event, route.slots[i], value);
        }
      }
      if (route.added.length > 0) {
        describe(route, route.descriptions.choose(frame), frame, event);
      }
    } catch (OutputFull tooLong) {
      return false;
    }
    return fits(event);
  }

  private boolean fits(SecurityEvent event) {
    return event.own().length() + taken <= longest;
  }

  /** False when the last event has a default sentence. */
  public boolean wasOwn() {
    return own;
  }

  private void describe(Route route, Description chosen, Frame frame, SecurityEvent event) {
    for (int i = 0; i < route.added.length; i++) {
      DescribedField field = route.added[i];
      Sentence sentence = chosen.in(field.language());
      own &= sentence.isOwn();
      if (field.isSentence()) {
        int from = event.own().length();
        sentence.write(frame, event.own());
        event.setOwn(route.addedSlots[i], from, SecurityEvent.TEXT);
      } else {
        text(event, route.addedSlots[i], sentence.name());
      }
    }
  }

  private void value(SecurityEvent event, int slot, Object value) {
    if (value instanceof Text text) {
      text(event, slot, text);
    } else if (value instanceof IpAddress ip) {
      text(event, slot, ip.original());
    } else if (value instanceof DateTime time && EventTime.isSendable(time.epochMillis())) {
      event.setTime(slot, time);
    } else {
      int from = event.own().length();
      if (value instanceof ListValue list) {
        items(list, event.own());
      } else {
        FieldTexts.write(event.own(), value); // a number or the like: ASCII
      }
      boolean number = value instanceof Long || value instanceof BigDecimal;
      event.setOwn(slot, from, number ? SecurityEvent.NUMBER : SecurityEvent.TEXT);
    }
  }

  /** Bytes that are no UTF-8 stay as they are: who writes them puts U+FFFD in their place. */
  private void text(SecurityEvent event, int slot, Text text) {
    taken += text.length();
    if (fits(event)) { // else nobody looks at it
      event.set(slot, text.array(), text.from(), text.to(), SecurityEvent.TEXT);
    }
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
}
