package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one event id that can be said before an event has it. Immutable. */
final class IdPlan {
  private static final int LONGEST_MSGID = 32;

  final String id;
  final FamilyPlan family;

  /** {@code CEF:0|vendor|product|version|id|name|}, escaped. */
  final byte[] head;

  /** MSGID of RFC 5424. */
  final byte[] messageId;

  /** By index of the outcome, overrides applied. */
  final int[] severities;

  /** By index of the outcome, without agent group. */
  final EventFacts[] facts;

  IdPlan(String id, FamilyPlan family, CefMapping mapping, CefOptions options) {
    this.id = id;
    this.family = family;
    this.head = head(id, family, mapping, options);
    this.messageId = Ascii.bytes(id.substring(0, Math.min(id.length(), LONGEST_MSGID)));
    List<Integer> table = family.family.severities();
    this.severities = new int[table.size()];
    this.facts = new EventFacts[table.size()];
    for (int i = 0; i < severities.length; i++) {
      severities[i] = severity(options, table.get(i));
      facts[i] = facts(severities[i], null);
    }
  }

  EventFacts facts(int severity, @Nullable String agentGroup) {
    return new EventFacts(
        id,
        family.family.prefix(),
        severity,
        family.family.category() == null ? null : family.family.category().key(),
        family.family.runtimeType() == null ? null : family.family.runtimeType().key(),
        agentGroup);
  }

  private int severity(CefOptions options, int fromTable) {
    Integer byId = options.severityOverrides().get(id);
    if (byId != null) {
      return byId;
    }
    Integer byFamily = options.severityOverrides().get(family.family.prefix());
    return byFamily == null ? fromTable : byFamily;
  }

  private static byte[] head(String id, FamilyPlan family, CefMapping mapping, CefOptions options) {
    String prefix = family.family.prefix();
    String byFamily = options.names().getOrDefault(prefix, family.family.name());
    String name = options.names().getOrDefault(id, byFamily);
    ByteSink sink = new ByteSink();
    sink.begin(new EncodedBatch.Builder(256));
    sink.put(Ascii.bytes("CEF:0|"));
    field(sink, options.vendor(mapping), HeaderLimits.VENDOR);
    field(sink, options.product(mapping), HeaderLimits.PRODUCT);
    field(sink, options.version(mapping), HeaderLimits.VERSION);
    field(sink, id, HeaderLimits.ID);
    field(sink, name, HeaderLimits.NAME);
    return sink.copy();
  }

  private static void field(ByteSink sink, String text, int limit) {
    char[] chars = text.toCharArray();
    int from = CefText.trimStart(chars, 0, chars.length);
    int to = CefText.cut(chars, from, CefText.trimEnd(chars, from, chars.length), limit);
    CefText.header(sink, chars, from, to);
    sink.put('|');
  }
}
