package dev.camelsiem.lang.eval;

import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.EventPath;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.function.builtin.split.KnownPairs;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes that read: constants, slots, elements. */
public final class Reads {
  private static final Constant NULL = new Constant(null);

  private Reads() {}

  public static Node constant(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    return new Constant(value instanceof Text text ? JsonWriter.prepared(text) : value);
  }

  /** The variable in a slot. */
  public static Node variable(int slot) {
    return new Variable(slot);
  }

  /**
   * What an event has at a path.
   *
   * @param otherwise the same, for events whose paths nobody knew
   */
  public static Node event(EventPath path, Node otherwise) {
    return new Event(path, otherwise);
  }

  /** A variable that the event binds and the rule never assigns, made when it is read. */
  public static Node eventVariable(int slot) {
    return new EventVariable(slot);
  }

  /** The field in a slot; when it is unset, the input of the same name if there is one. */
  public static Node field(int slot, @Nullable Input input) {
    return input == null ? new Field(slot) : new FieldOrInput(slot, input);
  }

  /** An input of the envelope. */
  public static Node input(Input input) {
    return new InputRead(input);
  }

  /** {@code base[index]}. */
  public static Node index(Node base, Node index) {
    if (index.isConstant() && index.constant() instanceof Text key) {
      return new Member(base, key).folded(base);
    }
    if (index.isConstant() && index.constant() instanceof Long position) {
      return new Element(base, position).folded(base);
    }
    return new Index(base, index).folded(base, index);
  }

  /**
   * {@code $variable["key"]}, when the variable may have a map that was read for known keys.
   *
   * @param known has the key
   */
  public static Node known(int slot, KnownKeys known, Text key) {
    return new Known(slot, known, known.number(key), key);
  }

  /** A list made of its elements. */
  public static Node list(List<Node> elements) {
    Node[] nodes = elements.toArray(new Node[0]);
    if (!Node.areConstant(nodes)) {
      return new MakeList(nodes);
    }
    @Nullable Object[] values = new @Nullable Object[nodes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = nodes[i].constant();
    }
    return constant(ListValue.ofArray(values));
  }

  private static final class Constant extends Node {
    private final @Nullable Object value;
    private final boolean truth;

    Constant(@Nullable Object value) {
      this.value = value;
      this.truth = Operators.truth(value);
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return value;
    }

    @Override
    public boolean test(Frame frame) {
      return truth;
    }

    @Override
    public boolean isConstant() {
      return true;
    }

    @Override
    public @Nullable Object constant() {
      return value;
    }
  }

  private static final class Variable extends Node {
    private final int slot;

    Variable(int slot) {
      this.slot = slot;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return frame.variables[slot];
    }
  }

  static final class Event extends Node {
    private final EventPath path;
    private final Node otherwise;

    Event(EventPath path, Node otherwise) {
      this.path = path;
      this.otherwise = otherwise;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // it is no value
    public @Nullable Object eval(Frame frame) {
      Object value = frame.event().at(path);
      return value == Document.UNKNOWN ? otherwise.eval(frame) : value;
    }

    /** The value as text. */
    @Nullable Text text(Frame frame) {
      Text digits = frame.event().digitsAt(path);
      if (digits == null) {
        return Convert.text(frame.budget, eval(frame));
      }
      frame.budget.step(2); // as for the text of a number
      return digits;
    }
  }

  private static final class EventVariable extends Node {
    private final int slot;

    EventVariable(int slot) {
      this.slot = slot;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return frame.eventVariable(slot);
    }
  }

  private static final class Field extends Node {
    private final int slot;

    Field(int slot) {
      this.slot = slot;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return frame.fields[slot];
    }
  }

  private static final class InputRead extends Node {
    private final Input input;

    InputRead(Input input) {
      this.input = input;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return frame.inputs().get(input);
    }
  }

  private static final class FieldOrInput extends Node {
    private final int slot;
    private final Input input;

    FieldOrInput(int slot, Input input) {
      this.slot = slot;
      this.input = input;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      Object value = frame.fields[slot];
      return value == null ? frame.inputs().get(input) : value;
    }
  }

  private static final class Member extends Node {
    private final Node base;
    private final Text key;

    Member(Node base, Text key) {
      this.base = base;
      this.key = key;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      Object value = base.eval(frame);
      return value == null ? null : Operators.member(value, key);
    }
  }

  private static final class Known extends Node {
    private final int slot;
    private final KnownKeys known;
    private final int number;
    private final Text key;

    Known(int slot, KnownKeys known, int number, Text key) {
      this.slot = slot;
      this.known = known;
      this.number = number;
      this.key = key;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      Object value = frame.variables[slot];
      return value instanceof KnownPairs pairs && pairs.isOf(known)
          ? pairs.value(number)
          : Operators.member(value, key);
    }
  }

  private static final class Element extends Node {
    private final Node base;
    private final long position;

    Element(Node base, long position) {
      this.base = base;
      this.position = position;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      Object value = base.eval(frame);
      return value == null ? null : Operators.element(value, position);
    }
  }

  private static final class Index extends Node {
    private final Node base;
    private final Node index;

    Index(Node base, Node index) {
      this.base = base;
      this.index = index;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      Object value = base.eval(frame);
      Object place = index.eval(frame);
      if (place instanceof Text key) {
        frame.budget.scan(key.length());
      }
      return Operators.index(value, place);
    }
  }

  private static final class MakeList extends Node {
    private final Node[] elements;

    MakeList(Node[] elements) {
      this.elements = elements;
    }

    @Override
    public Object eval(Frame frame) {
      @Nullable Object[] values = new @Nullable Object[elements.length];
      frame.budget.step(values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] = elements[i].eval(frame);
      }
      return ListValue.ofArray(values);
    }
  }
}
