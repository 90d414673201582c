package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonReader;
import dev.camelsiem.json.JsonTape;
import dev.camelsiem.json.KeyTree;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of one event, decoded on demand and at most once per format. Never throws on data.
 *
 * <p>One thread works with it. {@link #load} takes the next body and makes all values that came
 * from the last one void; values share the bytes of the body.
 */
public final class Document {
  /** Not a value: see {@link #at}. */
  public static final Object UNKNOWN = new Object();

  /** One for all: most events are looked at for JSON, and of some routes none is any. */
  private static final DecodingProblem NO_OBJECT =
      DecodingProblem.malformed("a JSON object was expected", 0);

  private final DocumentLimits limits;
  private final JsonTape tape = new JsonTape();
  private final JsonReader jsonReader;
  private final JsonValues values;
  private @Nullable KeyTree wanted;
  private int eventNode = -1;
  private byte[] bytes = {};
  private int from;
  private int to;
  private Text text = Text.EMPTY;

  private boolean tapeIsRead;
  private @Nullable DecodingProblem tapeProblem;
  private boolean jsonIsRead;
  private @Nullable DecodingProblem jsonProblem;
  private boolean xmlIsRead;
  private @Nullable XmlElement xml;
  private @Nullable DecodingProblem xmlProblem;
  private boolean eventlogIsRead;
  private @Nullable MapValue eventlog;
  private @Nullable DecodingProblem eventlogProblem;

  /** A document without a body; {@link #load} gives it one. */
  public Document(DocumentLimits limits) {
    this.limits = limits;
    this.jsonReader = new JsonReader(limits.json(), tape);
    this.values = new JsonValues(tape, jsonReader);
  }

  /** A document of this body. */
  public static Document of(byte[] bytes, int from, int to, DocumentLimits limits) {
    return new Document(limits).load(bytes, from, to);
  }

  /** A document of a text, with the default limits. */
  public static Document of(Text body) {
    return of(body.array(), body.from(), body.to(), DocumentLimits.DEFAULT);
  }

  /**
   * From the next body on, members of JSON objects that are in a tree will be found faster, and all
   * others more slowly; null to have all alike.
   */
  public void expect(@Nullable KeyTree tree) {
    if (wanted != tree) {
      wanted = tree;
      eventNode = tree == null ? -1 : tree.child(KeyTree.ROOT, WindowsEvent.EVENT);
    }
  }

  /** Takes another body; a byte order mark and blanks around it do not count. */
  public Document load(byte[] newBytes, int newFrom, int newTo) {
    text = Ascii.trimmed(newBytes, Utf8.skipBom(newBytes, newFrom, newTo), newTo);
    bytes = text.array();
    from = text.from();
    to = text.to();
    tapeIsRead = false;
    tapeProblem = null;
    jsonIsRead = false;
    jsonProblem = null;
    xmlIsRead = false;
    xml = null;
    xmlProblem = null;
    eventlogIsRead = false;
    eventlog = null;
    eventlogProblem = null;
    return this;
  }

  /** The body without blanks around it. */
  public Text text() {
    return text;
  }

  /** The members of the JSON object that the body is, or null. */
  public @Nullable MapValue json() {
    return isJson() ? (MapValue) values.value(0) : null;
  }

  private boolean isJson() {
    if (!jsonIsRead) {
      jsonIsRead = true;
      jsonProblem = readJson();
    }
    return jsonProblem == null;
  }

  private @Nullable DecodingProblem readJson() {
    return to - from > limits.bytes()
        ? DecodingProblem.limit("larger than " + limits.bytes() + " bytes", -1)
        : readTape();
  }

  private @Nullable DecodingProblem readTape() {
    if (!tapeIsRead) {
      tapeIsRead = true;
      if (to == from || bytes[from] != '{') {
        tapeProblem = NO_OBJECT;
      } else {
        values.clear();
        tapeProblem = jsonReader.read(bytes, from, to, wanted);
      }
    }
    return tapeProblem;
  }

  /**
   * The first text of this name among the members of the JSON object that the body is, with the
   * blanks around it; null when there is none. A body in it has a size of its own, so the limit of
   * bytes does not count here.
   */
  public @Nullable Text firstText(EventPath member) {
    if (readTape() != null) {
      return null;
    }
    int row = member.row(tape); // the reader leaves the tree where a key comes twice
    if (row == EventPath.UNKNOWN) {
      return ((JsonObject) Objects.requireNonNull(values.value(0))).firstText(member.variable());
    }
    return row >= 0 && tape.isString(row) ? tape.text(row) : null;
  }

  /** The columns of a row, which comes as a JSON object (xp 2.3.4); null when the body is none. */
  public @Nullable MapValue tabular() {
    return json();
  }

  /**
   * The variables of a Windows event (xp 2.3.3), from its JSON form or from event XML; null when
   * the body is neither.
   */
  public @Nullable MapValue eventlog() {
    if (!eventlogIsRead) {
      eventlogIsRead = true;
      boolean isXml = to > from && bytes[from] == '<';
      MapValue root = isXml ? xmlMap() : json();
      eventlog = root == null ? null : WindowsEvent.of(root);
      if (eventlog == null) {
        DecodingProblem cause = isXml ? xmlProblem : jsonProblem;
        eventlogProblem =
            cause != null
                ? cause
                : DecodingProblem.malformed("the root member `Event` is missing", -1);
      }
    }
    return eventlog;
  }

  private @Nullable MapValue xmlMap() {
    xml();
    return xml == null ? null : XmlMap.root(xml);
  }

  /** The root element of the XML that the body is, or null. */
  public @Nullable XmlNode xml() {
    if (!xmlIsRead) {
      xmlIsRead = true;
      if (to - from > limits.bytes()) {
        xmlProblem = DecodingProblem.limit("larger than " + limits.bytes() + " bytes", -1);
      } else {
        XmlReader reader = new XmlReader(limits);
        xml = reader.read(bytes, from, to);
        xmlProblem = reader.problem();
      }
    }
    return xml;
  }

  /** The variables that a format gives a rule; null when the body is not of it or it has none. */
  public @Nullable MapValue variables(DocumentFormat format) {
    return switch (format) {
      case JSON -> json();
      case TABULAR -> tabular();
      case EVENTLOG -> eventlog();
      case TEXT, XML -> null;
    };
  }

  /** Whether the body is of a structured format, so that it has variables or an element. */
  public boolean has(DocumentFormat format) {
    return switch (format) {
      case JSON, TABULAR -> isJson();
      case EVENTLOG -> isKeptEvent() || eventlog() != null;
      case XML -> xml() != null;
      case TEXT -> false;
    };
  }

  /** Whether the reader has come along the event; no says nothing. */
  private boolean isKeptEvent() {
    if (eventNode < 0 || from == to || bytes[from] != '{' || !isJson() || tape.tree() == null) {
      return false;
    }
    int row = tape.slot(eventNode);
    return row >= 0 && tape.kind(row) == JsonTape.OBJECT;
  }

  /** Why the body could not be decoded as a format; null when it could or nobody has tried. */
  public @Nullable DecodingProblem problem(DocumentFormat format) {
    return switch (format) {
      case TEXT -> null;
      case JSON, TABULAR -> jsonProblem;
      case EVENTLOG -> eventlogProblem;
      case XML -> xmlProblem;
    };
  }

  /**
   * What stands at a path: a value of the language, null for nothing; {@link #UNKNOWN} when the
   * {@linkplain #variables variables} have to be asked.
   */
  public @Nullable Object at(EventPath path) {
    if (!tapeIsRead || tapeProblem != null) {
      return UNKNOWN;
    }
    int row = path.row(tape);
    return row == EventPath.UNKNOWN ? UNKNOWN : row < 0 ? null : values.value(row);
  }

  /** What stands at a path, if the body {@linkplain #has is} of its format; null for nothing. */
  @SuppressWarnings("ReferenceEquality") // it is no value
  public @Nullable Object find(EventPath path) {
    Object value = at(path);
    if (value != UNKNOWN) {
      return value;
    }
    value = variable(path.format(), path.variable());
    for (Text key : path.keys()) {
      value = Operators.member(value, key);
    }
    return value;
  }

  /** What the body, if it is of a format, has for a variable; for XML that is the root alone. */
  public @Nullable Object variable(DocumentFormat format, Text name) {
    if (format == DocumentFormat.XML) {
      XmlNode root = xml();
      return root != null && root.name().equals(name) ? root : null;
    }
    MapValue variables = variables(format);
    return variables == null ? null : variables.get(name);
  }

  /**
   * The digits of the integer that stands at a path, when they are what the language makes a text
   * of it; else null.
   */
  public @Nullable Text digitsAt(EventPath path) {
    int row = !tapeIsRead || tapeProblem != null ? -1 : path.row(tape);
    return row < 0 || tape.kind(row) != JsonTape.INTEGER
        ? null
        : JsonNumbers.digits(bytes, tape.start(row), tape.end(row));
  }

  /** As {@link JsonTape#looked}. */
  long looked() {
    return tape.looked();
  }
}
