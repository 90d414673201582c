package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.pattern.TokenKind;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TEXT head: a pattern, and where each of its bindings goes. */
public final class TextHead extends HeadMatcher {
  /**
   * Where a binding of the pattern goes.
   *
   * @param type null for a variable, else the type of the field
   * @param known the only keys that the rule reads of a variable; null when there may be others
   */
  public record Destination(int slot, @Nullable FieldType type, @Nullable KnownKeys known) {}

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final FieldType[] TYPES = FieldType.values();

  // Parts of a destination in one number: with thousands of rules it is memory that costs.
  private static final int KIND_MASK = 31;
  private static final int TYPE_SHIFT = 5;
  private static final int TYPE_MASK = 31;
  private static final int SLOT_SHIFT = 10;

  private final TextPattern pattern;

  /** By binding: its slot, its type plus 1 or 0 for a variable, and the kind of its token. */
  private final int[] destinations;

  /** By binding, for those that are maps; null when there is none. */
  private final @Nullable KnownKeys @Nullable [] known;

  /**
   * A pattern and where its bindings go.
   *
   * @param destinations one per binding of the pattern
   */
  public TextHead(TextPattern pattern, List<Destination> destinations) {
    this.pattern = pattern;
    this.destinations = new int[destinations.size()];
    for (int i = 0; i < destinations.size(); i++) {
      this.destinations[i] = packed(destinations.get(i), pattern.kind(i));
    }
    this.known =
        destinations.stream().allMatch(to -> to.known() == null)
            ? null
            : destinations.stream().map(Destination::known).toArray(KnownKeys[]::new);
  }

  @SuppressWarnings("EnumOrdinal") // the number lives no longer than the enums
  private static int packed(Destination to, TokenKind kind) {
    FieldType type = to.type();
    int field = type == null ? 0 : type.ordinal() + 1;
    return to.slot() << SLOT_SHIFT | field << TYPE_SHIFT | kind.ordinal();
  }

  private static int slot(int destination) {
    return destination >> SLOT_SHIFT;
  }

  private static boolean isVariable(int destination) {
    return (destination >> TYPE_SHIFT & TYPE_MASK) == 0;
  }

  @Override
  boolean match(Document document, Frame frame) {
    Text text = document.text();
    return matched(frame.match(pattern, text), text, frame);
  }

  @Override
  void complete(Document document, Frame frame) {}

  @Override
  boolean matchText(Text text, Frame frame) {
    boolean matched =
        pattern.match(text.array(), text.from(), text.to(), frame.match, frame.budget);
    return matched(matched, text, frame);
  }

  private boolean matched(boolean matched, Text text, Frame frame) {
    Trace trace = frame.trace();
    if (trace != null) {
      trace.pattern(pattern, text.array(), text.from(), text.to(), frame.match, matched);
    }
    if (matched) {
      bind(frame);
    }
    return matched;
  }

  private void bind(Frame frame) {
    Match match = frame.match;
    for (int i = 0; i < destinations.length; i++) {
      if (match.isSet(i)) {
        bind(i, destinations[i], match, frame);
      }
    }
  }

  private void bind(int binding, int to, Match match, Frame frame) {
    TokenKind kind = KINDS[to & KIND_MASK];
    if (isVariable(to)) {
      frame.variables[slot(to)] =
          kind == TokenKind.KEYVALUE && known != null && frame.trace() == null
              ? match.split(binding, known[binding])
              : match.value(binding, kind);
      return;
    }
    FieldType type = TYPES[(to >> TYPE_SHIFT & TYPE_MASK) - 1];
    frame.fields[slot(to)] =
        type == FieldType.STRING && match.isPlain(binding, kind)
            ? match.text(binding)
            : type.convert(match.value(binding, kind), frame.budget);
  }

  @Override
  void save(Frame frame) {
    for (int to : destinations) {
      frame.save(isVariable(to) ? frame.variables[slot(to)] : frame.fields[slot(to)]);
    }
  }

  @Override
  void restore(Frame frame, int mark) {
    for (int i = destinations.length - 1; i >= 0; i--) {
      int to = destinations[i];
      if (isVariable(to)) {
        frame.variables[slot(to)] = frame.saved(mark + i);
      } else {
        frame.fields[slot(to)] = frame.saved(mark + i);
      }
    }
  }
}
