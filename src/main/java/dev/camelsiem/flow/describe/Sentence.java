package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.i18n.Placeholder;
import dev.camelsiem.content.i18n.SentenceName;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sentence about events of one rule in one language. Immutable. */
public abstract sealed class Sentence {
  private final Text name;

  private Sentence(String name) {
    this.name = Text.of(name);
  }

  /**
   * Compiles the text of an event description for the frames of a rule. A field that is unset gives
   * no text.
   *
   * @param fallback the name when the text has no words of its own
   */
  static Sentence of(String text, CompiledRule rule, String fallback) {
    String name = SentenceName.of(text);
    return new Template(name.isEmpty() ? fallback : name, text, rule);
  }

  /** The sentence of an event that no criteria hold for: what its common fields say. */
  static Sentence byDefault(Language language, CompiledRule rule, String name) {
    return new ByDefault(name, language, rule);
  }

  /**
   * Appends the sentence about the event that the rule has just left in the frame, in UTF-8, where
   * the event's texts are. Makes nothing but what it appends.
   *
   * @throws dev.camelsiem.text.OutputFull when the output may not hold it
   */
  public abstract void write(Frame frame, ByteOutput out);

  /** False when the rule's own texts have no sentence for the event. */
  public abstract boolean isOwn();

  /**
   * What the sentence says without the data of an event, always the same: of a sentence of the
   * rule's the words between the placeholders, else the rule's id.
   */
  public Text name() {
    return name;
  }

  /** Constant pieces with a field between each two of them. */
  private static final class Template extends Sentence {
    private final byte[][] pieces;
    private final int[] slots;

    Template(String name, String text, CompiledRule rule) {
      super(name);
      List<byte[]> constants = new ArrayList<>();
      List<Integer> fields = new ArrayList<>();
      StringBuilder piece = new StringBuilder();
      int from = 0;
      for (Placeholder placeholder : Placeholder.in(text)) {
        if (!placeholder.closed()) {
          continue;
        }
        piece.append(text, from, placeholder.span().from());
        from = placeholder.span().to();
        int slot = rule.slotOf(placeholder.field());
        if (slot >= 0) {
          constants.add(piece.toString().getBytes(StandardCharsets.UTF_8));
          fields.add(slot);
          piece.setLength(0);
        }
      }
      piece.append(text, from, text.length());
      constants.add(piece.toString().getBytes(StandardCharsets.UTF_8));
      pieces = constants.toArray(byte[][]::new);
      slots = fields.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void write(Frame frame, ByteOutput out) {
      for (int i = 0; i < slots.length; i++) {
        out.put(pieces[i]);
        FieldTexts.write(out, frame.value(slots[i]));
      }
      out.put(pieces[slots.length]);
    }

    @Override
    public boolean isOwn() {
      return true;
    }
  }

  /** {@code <subject> <action> <object> <status> on host <event_src.host>}, of what is set. */
  private static final class ByDefault extends Sentence {
    private static final List<String> WORDS = List.of("subject", "action", "object", "status");

    private final int[] words;
    private final byte[] onHost;
    private final int host;

    ByDefault(String name, Language language, CompiledRule rule) {
      super(name);
      words = WORDS.stream().mapToInt(rule::slotOf).filter(slot -> slot >= 0).toArray();
      onHost = (language.onHost() + " ").getBytes(StandardCharsets.UTF_8);
      host = rule.slotOf("event_src.host");
    }

    @Override
    public void write(Frame frame, ByteOutput out) {
      int start = out.length();
      for (int slot : words) {
        word(out, start, frame.value(slot));
      }
      Object value = host < 0 ? null : frame.value(host);
      if (says(value)) {
        separate(out, start);
        out.put(onHost);
        FieldTexts.write(out, value);
      }
    }

    private static void word(ByteOutput out, int start, @Nullable Object value) {
      if (says(value)) {
        separate(out, start);
        FieldTexts.write(out, value);
      }
    }

    private static boolean says(@Nullable Object value) {
      return value != null && !(value instanceof Text text && text.isEmpty());
    }

    private static void separate(ByteOutput out, int start) {
      if (out.length() > start) {
        out.put(' ');
      }
    }

    @Override
    public boolean isOwn() {
      return false;
    }
  }
}
