package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.LineFormat;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the category filter needs to know of a line that has its form already: from its header, in
 * LEEF from the attribute {@code sev}, and where fields of the event had decided on the category,
 * from the line's own word for it. One instance belongs to one thread.
 */
public final class CefFacts {
  private static final int FIELDS = 7;
  private static final int MOST_KNOWN = 4096;

  /** Longer ids are not kept: they would be as much memory as is sent. */
  private static final int LONGEST_KEPT = 256;

  private static final Map<String, Integer> WORDS =
      Map.of("unknown", 0, "low", 3, "medium", 6, "high", 8, "very-high", 10);

  private final List<CefMapping> mappings;

  /** Where lines of each mapping name their category, or null. */
  private final @Nullable CategoryNames[] names;

  private final Set<LineFormat> formats;
  private final @Nullable String agentGroupKey;
  private final CefReader reader = new CefReader();
  private final Map<Key, Known> known = new HashMap<>();
  private final LeefLine leef = new LeefLine();
  private final int[] pipes = new int[FIELDS];

  /**
   * @param from the first mapping that is asked
   * @param category that a line has named itself
   */
  private record Key(String id, int from, @Nullable String category) {}

  /** What lines with an id are, but for their agent group. */
  private static final class Known {
    /** By severity. */
    final EventFacts[] facts = new EventFacts[11];

    /** Where such a line names its category, or null when its id tells all that can be told. */
    final @Nullable CategoryNames names;

    /** The mapping behind the one that knows the id. */
    final int next;

    Known(
        String id,
        String family,
        @Nullable String category,
        @Nullable String runtimeType,
        @Nullable CategoryNames names,
        int next) {
      this.names = names;
      this.next = next;
      for (int i = 0; i < facts.length; i++) {
        facts[i] = new EventFacts(id, family, i, category, runtimeType, null);
      }
    }
  }

  /**
   * @param mappings in the order in which they are asked who knows an id
   * @param agentGroupKey key of the extension that names the agent group, or null: no format has
   *     one of its own, and without it no line passes by runtime event type
   */
  public CefFacts(List<CefMapping> mappings, @Nullable String agentGroupKey) {
    this.mappings = List.copyOf(mappings);
    this.names = this.mappings.stream().map(CategoryNames::of).toArray(CategoryNames[]::new);
    this.formats = mappings.stream().map(CefMapping::format).collect(Collectors.toSet());
    this.agentGroupKey = agentGroupKey;
  }

  /**
   * A line's facts, or why it is not of the format.
   *
   * @param facts with an empty family and without category when no mapping knows the id, or only
   *     such as tell the category by a word that the line has not
   */
  public record Result(@Nullable EventFacts facts, @Nullable Refusal refusal) {}

  /**
   * Reads a line in a format of the mapping; of CEF it refuses exactly what {@link CefReader} does.
   */
  public Result of(byte[] bytes, int from, int to) {
    return isLeef(bytes, from, to) ? leef(bytes, from, to) : cef(bytes, from, to);
  }

  /** What lines may be, for a sentence. */
  public String formats() {
    return formats.stream().map(LineFormat::name).sorted().collect(Collectors.joining(" or "));
  }

  private boolean isLeef(byte[] bytes, int from, int to) {
    return formats.contains(LineFormat.LEEF)
        && (formats.size() == 1 || LeefLine.comesFirst(bytes, from, to));
  }

  private Result leef(byte[] bytes, int from, int to) {
    if (to - from > CefReader.LONGEST_LINE) {
      return new Result(
          null, new Refusal(StopReason.TOO_LARGE, "the line has " + (to - from) + " bytes"));
    }
    if (!leef.read(bytes, from, to)) {
      String why = "not LEEF: there is no `LEEF:` with a version and four more texts behind pipes";
      return new Result(null, new Refusal(StopReason.MALFORMED, why));
    }
    String severity = leef.attribute("sev");
    EventFacts facts =
        facts(leef.id(), severity(severity == null ? "" : severity), leef::attribute);
    leef.forget();
    return new Result(facts, null);
  }

  private Result cef(byte[] bytes, int from, int to) {
    if (to - from > CefReader.LONGEST_LINE) { // in bytes, which may be fewer characters
      Refusal tooLong = reader.read(bytes, from, to).refusal();
      if (tooLong != null) {
        return new Result(null, tooLong);
      }
    }
    int start = start(bytes, from, to);
    if (start < 0 || !findPipes(bytes, start, to) || !isVersion(bytes, start + 4, pipes[0])) {
      Refusal refusal = reader.read(bytes, from, to).refusal();
      return new Result(
          null, refusal == null ? new Refusal(StopReason.MALFORMED, "not CEF") : refusal);
    }
    String id = field(bytes, pipes[3] + 1, pipes[4]);
    int severity = severity(field(bytes, pipes[5] + 1, pipes[6]));
    boolean asked = agentGroupKey != null || known(id, 0, null).names != null;
    CefMessage message = asked ? reader.read(bytes, from, to).message() : null;
    Map<String, String> extensions = message == null ? Map.of() : message.extensions();
    return new Result(facts(id, severity, extensions::get), null);
  }

  /** What a line says of itself behind its header. */
  private interface Attributes {
    @Nullable String get(String key);
  }

  private EventFacts facts(String id, int severity, Attributes attributes) {
    String group = agentGroupKey == null ? null : attributes.get(agentGroupKey);
    return withGroup(known(id, attributes).facts[severity], group);
  }

  /** By the first mapping that tells what lines with an id are, from the line's word if need be. */
  private Known known(String id, Attributes attributes) {
    int from = 0;
    Known known = known(id, from, null);
    while (known.names != null) {
      String category = known.names.of(attributes.get(known.names.key()));
      if (category != null) {
        return known(id, from, category);
      }
      from = known.next;
      known = known(id, from, null);
    }
    return known;
  }

  private Known known(String id, int from, @Nullable String category) {
    if (id.length() > LONGEST_KEPT) {
      return make(id, from, category);
    }
    Key key = new Key(id, from, category);
    Known found = known.get(key);
    if (found == null) {
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      found = make(id, from, category);
      known.put(key, found);
    }
    return found;
  }

  private Known make(String id, int from, @Nullable String named) {
    for (int i = from; i < mappings.size(); i++) {
      CefMapping mapping = mappings.get(i);
      Family family = family(mapping, id);
      if (family != null) {
        Choice category = category(mapping, family);
        return new Known(
            id,
            family.prefix(),
            category == null ? named : category.key(),
            family.runtimeType() == null ? null : family.runtimeType().key(),
            category == null && !mapping.categorize().isEmpty() ? names[i] : null,
            i + 1);
      }
    }
    return new Known(id, "", null, null, null, mappings.size());
  }

  /** Null where fields of the event decide, or nothing does. */
  private static @Nullable Choice category(CefMapping mapping, Family family) {
    List<CategoryRule> rules = mapping.categorize();
    boolean always = !rules.isEmpty() && rules.get(0).when().isEmpty();
    return family.category() == null && always ? rules.get(0).category() : family.category();
  }

  /** Patterns are of ids of events: a line whose header has another id is of none. */
  private static @Nullable Family family(CefMapping mapping, String id) {
    return mapping.header().id() == null
        ? FamilyFinder.of(mapping, id)
        : FamilyFinder.byPrefix(mapping, id);
  }

  private static EventFacts withGroup(EventFacts facts, @Nullable String group) {
    return group == null || group.isEmpty()
        ? facts
        : new EventFacts(
            facts.id(),
            facts.family(),
            facts.severity(),
            facts.category(),
            facts.runtimeType(),
            group);
  }

  /** Number or word of the header; what is neither counts as 0. */
  private static int severity(String text) {
    if (!text.isEmpty() && text.length() <= 2 && text.chars().allMatch(Ascii::isDigit)) {
      return Math.min(10, Integer.parseInt(text));
    }
    return WORDS.getOrDefault(text.toLowerCase(Locale.ROOT), 0);
  }

  /** Where {@code CEF:} with a version stands first, or -1. */
  static int start(byte[] bytes, int from, int to) {
    for (int i = from; i + 5 < to; i++) {
      boolean prefix =
          bytes[i] == 'C' && bytes[i + 1] == 'E' && bytes[i + 2] == 'F' && bytes[i + 3] == ':';
      boolean ownWord = i == from || !Ascii.isAlphanumeric(bytes[i - 1]);
      if (prefix && ownWord && version(bytes, i + 4, to)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean version(byte[] bytes, int from, int to) {
    int i = skipBlanks(bytes, from, to);
    return i < to && Ascii.isDigit(bytes[i]);
  }

  /** Up to four digits, and whatever comes behind a dot; as {@link CefReader} wants it. */
  private static boolean isVersion(byte[] bytes, int from, int to) {
    int start = skipBlanks(bytes, from, to);
    int end = start;
    while (end < to && Ascii.isDigit(bytes[end])) {
      end++;
    }
    boolean plain = skipBlanks(bytes, end, to) == to || bytes[end] == '.';
    return end > start && end - start <= 4 && plain;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0 && bytes[i] <= ' ') {
      i++;
    }
    return i;
  }

  /** Finds the seven pipes; the last one may be missing when nothing follows it. */
  private boolean findPipes(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to && count < FIELDS; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '|') {
        pipes[count++] = i;
      }
    }
    if (count == FIELDS - 1) {
      pipes[count++] = to;
    }
    return count == FIELDS;
  }

  private static String field(byte[] bytes, int from, int to) {
    String written = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return CefReader.headerField(written, 0, written.length(), written.indexOf('\\') >= 0);
  }
}
