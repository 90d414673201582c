package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one event id that can be said before an event has it. Belongs to one thread. */
final class IdPlan {
  private static final int SEVERITIES = 11;

  final String id;

  /** Which of the mappings takes the id. */
  final int mapping;

  final FamilyPlan family;

  /** MSGID of RFC 5424. */
  final byte[] messageId;

  /** By index of the outcome, overrides applied. */
  final int[] severities;

  private final Notation notation;

  /** The fields of the head in which an event has a say. */
  private final HeaderText[] varying;

  /** What stands before the first of them, and behind each. */
  private final Piece[] steady;

  private final HeaderText name;
  private final CategoryPlan categories;

  /** Without agent group, by severity and category, once an event had them. */
  private final @Nullable EventFacts[] facts;

  /** An override of the severity, or -1. */
  private final int override;

  IdPlan(String id, FamilyPlan family, MappingPlan plan) {
    this.id = id;
    this.mapping = plan.index();
    this.family = family;
    CefMapping mapping = plan.mapping();
    CefOptions options = plan.options();
    this.categories = plan.categories();
    this.messageId = messageId(id);
    this.facts = new EventFacts[SEVERITIES * (categories.size() + 1)];
    this.override = override(options);
    List<Integer> table = family.family.severities();
    this.severities = table.stream().mapToInt(each -> override < 0 ? each : override).toArray();
    this.notation = plan.notation();
    FieldTable slots = plan.fields();
    this.name = new HeaderText(name(options), HeaderLimits.NAME, slots, notation);
    List<HeaderText> texts =
        List.of(
            new HeaderText(options.vendor(mapping), HeaderLimits.VENDOR, slots, notation),
            new HeaderText(options.product(mapping), HeaderLimits.PRODUCT, slots, notation),
            new HeaderText(options.version(mapping), HeaderLimits.VERSION, slots, notation),
            new HeaderText(signature(mapping), HeaderLimits.id(mapping.format()), slots, notation),
            name);
    int count = notation.namesInHeader() ? texts.size() : texts.size() - 1;
    List<HeaderText> fields = texts.subList(0, count);
    this.varying = fields.stream().filter(each -> !each.isConstant()).toArray(HeaderText[]::new);
    this.steady = steady(fields);
  }

  private static byte[] messageId(String id) {
    byte[] bytes = Ascii.bytes(id);
    ByteSink sink = new ByteSink();
    sink.begin(new EncodedBatch.Builder(64));
    HeaderText.writeToken(sink, new byte[0], bytes, 0, bytes.length, HeaderLimits.MESSAGE_ID);
    return sink.copy();
  }

  /**
   * Writes {@code CEF:0|vendor|product|version|id|name|severity|} or {@code
   * LEEF:2.0|vendor|product|version|id|x09|}.
   */
  void writeHead(ByteSink sink, EventValues event, int severity) {
    sink.put(steady[0]);
    for (int i = 0; i < varying.length; i++) {
      varying[i].writeField(sink, event);
      sink.put(steady[i + 1]);
    }
    notation.putHeaderEnd(sink, severity);
  }

  /** Writes the event's name as a value of the extension. */
  void writeName(ByteSink sink, EventValues event, int most) {
    name.writeValue(sink, event, most);
  }

  /** What the event itself says of its severity, unless somebody has overridden it. */
  int severity(EventValues event, int outcome) {
    int slot = family.severitySlot;
    if (slot == FieldTable.NONE || override >= 0) {
      return severities[outcome];
    }
    event.find(slot);
    int word = family.severityWords.find(event.bytes, event.from, event.to);
    if (word >= 0) {
      return word;
    }
    boolean isLong = event.to - event.from > 2;
    int number = isLong ? -1 : Ascii.number(event.bytes, event.from, event.to);
    return number < 0 || number >= SEVERITIES ? severities[outcome] : number;
  }

  EventFacts facts(int severity, int category) {
    int at = severity * (categories.size() + 1) + category + 1;
    EventFacts known = facts[at];
    if (known == null) {
      known = facts(severity, category, null);
      facts[at] = known;
    }
    return known;
  }

  EventFacts facts(int severity, int category, @Nullable String agentGroup) {
    return new EventFacts(
        id,
        family.family.prefix(),
        severity,
        category == CategoryPlan.NONE ? null : categories.key(category),
        family.family.runtimeType() == null ? null : family.family.runtimeType().key(),
        agentGroup);
  }

  private int override(CefOptions options) {
    Integer byId = options.severityOverrides().get(id);
    Integer chosen = byId == null ? options.severityOverrides().get(family.family.prefix()) : byId;
    return chosen == null ? -1 : chosen;
  }

  private TextSource signature(CefMapping mapping) {
    TextSource source = mapping.header().id();
    return source == null ? TextSource.constant(id) : source;
  }

  private TextSource name(CefOptions options) {
    String prefix = family.family.prefix();
    String chosen = options.names().getOrDefault(id, options.names().get(prefix));
    return chosen == null ? family.family.name() : TextSource.constant(chosen);
  }

  private Piece[] steady(List<HeaderText> fields) {
    List<Piece> pieces = new ArrayList<>();
    ByteSink sink = new ByteSink();
    sink.begin(new EncodedBatch.Builder(256));
    notation.putStart(sink);
    for (HeaderText field : fields) {
      if (field.isConstant()) {
        field.writeOtherwise(sink);
      } else {
        pieces.add(new Piece(sink.copy()));
        sink.rewind();
      }
      sink.put('|');
    }
    pieces.add(new Piece(sink.copy()));
    return pieces.toArray(Piece[]::new);
  }
}
