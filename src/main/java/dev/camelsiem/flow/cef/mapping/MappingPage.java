package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.flow.cef.mapping.CefMapping.CategoryRule;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;
import dev.camelsiem.flow.cef.mapping.CefMapping.OutcomeSet;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints a mapping for people, as Markdown: what a SIEM engineer needs to write a parser. */
public final class MappingPage {
  private final CefMapping mapping;
  private final StringBuilder page = new StringBuilder(8192);

  private MappingPage(CefMapping mapping) {
    this.mapping = mapping;
  }

  /** The page, its lines ended by LF. */
  public static String of(CefMapping mapping) {
    return new MappingPage(mapping).print();
  }

  private String print() {
    page.append("# ")
        .append(mapping.format())
        .append(" mapping `")
        .append(mapping.name())
        .append("`\n\n");
    page.append("Generated from the mapping file; do not edit.\n\n");
    header();
    texts();
    families();
    categories();
    outcomes();
    keys();
    tokens();
    limits();
    return page.toString();
  }

  private void header() {
    CefMapping.Header header = mapping.header();
    boolean leef = mapping.format() == LineFormat.LEEF;
    page.append(leef ? "```\nLEEF:2.0|" : "```\nCEF:0|")
        .append(text(header.vendor()))
        .append('|')
        .append(text(header.product()))
        .append('|')
        .append(text(header.version()))
        .append("|<id>|")
        .append(leef ? "x09|<key>=<value><tab>" : "<name>|<severity>|<key>=<value> ")
        .append("...\n```\n\n");
  }

  /** Where the texts of the headers come from, of those that an event has a say in. */
  private void texts() {
    CefMapping.Header header = mapping.header();
    CefMapping.Syslog syslog = mapping.syslog();
    Map<String, @Nullable TextSource> sources = new LinkedHashMap<>();
    sources.put("Device Vendor", header.vendor());
    sources.put("Device Product", header.product());
    sources.put("Device Version", header.version());
    sources.put("Signature ID", header.id());
    for (Family family : mapping.families().values()) {
      sources.put("Name of `" + family.prefix() + "`", family.name());
    }
    sources.put("HOSTNAME of syslog", syslog.host());
    sources.put("APP-NAME of RFC 5424", syslog.appName());
    sources.put("PROCID of RFC 5424", syslog.processId());
    sources.put("MSGID of RFC 5424", syslog.messageId());
    sources.values().removeIf(source -> source == null || source.isConstant());
    if (sources.isEmpty()) {
      return;
    }
    page.append("## Headers\n\nThe first of the fields that the event has.\n\n");
    row("Text", "Fields", "Otherwise");
    row("---", "---", "---");
    sources.forEach(
        (name, source) ->
            row(
                name,
                source == null ? "" : source.prefix() + quoted(source.fields()),
                source == null ? "" : source.otherwise()));
    page.append('\n');
  }

  private void families() {
    boolean byPattern = mapping.families().values().stream().anyMatch(f -> !f.ids().isEmpty());
    page.append("## Families\n\nThe family is ")
        .append(byPattern ? "the first with a pattern that the event's `" : "what stands before `")
        .append(
            byPattern
                ? mapping.event().id() + "` fits"
                : mapping.event().familySeparator() + "` in the event's `" + mapping.event().id())
        .append(byPattern ? ".\n\n" : "`. Severity by outcome.\n\n");
    row("Family", "Name", "Category", "Runtime event type", "Severity");
    row("---", "---", "---", "---", "---");
    for (Family family : mapping.families().values()) {
      row(
          "`" + family.prefix() + "`" + (family.ids().isEmpty() ? "" : ": " + quoted(family.ids())),
          text(family.name()),
          family.category() == null && family.runtimeType() == null
              ? "by the rules below"
              : choice(family.category()),
          choice(family.runtimeType()),
          severities(family));
    }
    page.append('\n');
    boolean licensed =
        Stream.of(mapping.categories(), mapping.runtimeTypes())
            .anyMatch(choices -> choices.values().stream().anyMatch(Choice::advanced));
    if (licensed) {
      page.append("¹ needs the advanced licence.\n\n");
    }
  }

  /** The rules that find the category of an event, if there are any. */
  private void categories() {
    if (mapping.categorize().isEmpty()) {
      return;
    }
    page.append("## Export categories\n\nOf an event whose family names none the first rule that")
        .append(" holds. Integrations name categories by their key.\n\n");
    row("Category", "Name", "When");
    row("---", "---", "---");
    for (CategoryRule rule : mapping.categorize()) {
      row(
          choice(rule.category()),
          rule.category().name(),
          rule.when().isEmpty() ? "always" : conditions(rule.when()));
    }
    page.append('\n');
  }

  private static String conditions(List<Condition> when) {
    return when.stream()
        .map(
            each -> "`" + each.field() + "` is " + String.join(" or ", new TreeSet<>(each.words())))
        .collect(Collectors.joining(", "));
  }

  private static String quoted(List<String> words) {
    return "`" + String.join("`, `", words) + "`";
  }

  /** A constant, or where it comes from. */
  private static String text(TextSource source) {
    return source.isConstant()
        ? source.otherwise()
        : source.prefix() + "{" + String.join(" or ", source.fields()) + "}";
  }

  private static String choice(@Nullable Choice choice) {
    return choice == null ? "" : "`" + choice.key() + "`" + (choice.advanced() ? "¹" : "");
  }

  private static String severities(Family family) {
    List<String> parts = new ArrayList<>();
    if (family.severityField() != null) {
      family.severityWords().forEach((word, severity) -> parts.add(word + " " + severity));
      return "`%s`: %s, otherwise %d"
          .formatted(
              family.severityField(),
              parts.isEmpty() ? "0 to 10" : String.join(", ", parts),
              family.severities().get(0));
    }
    if (family.outcomes().isNone()) {
      return family.severities().get(0).toString();
    }
    for (int i = 0; i < family.severities().size(); i++) {
      parts.add(family.outcomes().values().get(i).token() + " " + family.severities().get(i));
    }
    return String.join(", ", parts);
  }

  private void outcomes() {
    if (mapping.outcomes().isEmpty()) {
      return;
    }
    page.append("## Outcomes\n\n");
    row("Field", "Sent", "Also taken, in any case");
    row("---", "---", "---");
    for (OutcomeSet set : mapping.outcomes().values()) {
      for (Outcome outcome : set.values()) {
        boolean otherwise = set.indexOf(outcome.key()) == set.otherwise();
        row(
            "`" + set.field() + "`",
            outcome.token(),
            String.join(", ", outcome.aliases()) + (otherwise ? "anything else" : ""));
      }
    }
    page.append('\n');
  }

  private void keys() {
    page.append("## Extension keys\n\nIn the order in which they are sent. A label is sent")
        .append(
            " right after its value; a key without value is left out. A field with dots is found")
        .append(
            " as one key of the JSON event, `\"k8s.pod.name\"`, and as objects inside each other,")
        .append(
            " `\"k8s\": {\"pod\": {\"name\": ...}}`; of an event with both the last one counts, as of")
        .append(" any field that is there twice.\n\n");
    row("Key", "From", "Type", "Label", "Families", "Limit", "Remark");
    row("---", "---", "---", "---", "---", "---", "---");
    for (ExtensionKey key : mapping.extension()) {
      row(
          "`" + key.key() + "`",
          source(key),
          key.type().word(),
          key.label() == null ? "" : key.label(),
          families(key),
          key.type() == ValueType.STRING ? Integer.toString(key.limit()) : "",
          remark(key));
    }
    page.append('\n');
  }

  private static String source(ExtensionKey key) {
    if (key.constant() != null) {
      return key.constant();
    }
    return key.value() != null
        ? "(" + key.value().word() + ")"
        : key.prefix() + "`" + key.field() + "`";
  }

  private String families(ExtensionKey key) {
    Set<String> all = mapping.families().keySet();
    if (key.families().containsAll(all)) {
      return "all";
    }
    return all.stream().filter(key.families()::contains).collect(Collectors.joining(" "));
  }

  private String remark(ExtensionKey key) {
    List<String> remarks = new ArrayList<>();
    if (key.extendedOnly()) {
      remarks.add("extended profile");
    }
    if (!key.when().isEmpty()) {
      remarks.add("when " + conditions(key.when()));
    }
    if (!key.outcomes().isEmpty()) {
      remarks.add("only with outcome " + String.join(", ", key.outcomes()));
    }
    if (key.keepBlanks()) {
      remarks.add("blanks at its ends kept");
    }
    if (!key.inDictionary()) {
      remarks.add("not in the " + mapping.format() + " dictionary");
    }
    return String.join("; ", remarks);
  }

  private void tokens() {
    if (mapping.extension().stream().allMatch(key -> key.tokens() == null)) {
      return;
    }
    page.append("## Words that are sent as something else\n\n");
    row("Key", "Field", "Sent", "For");
    row("---", "---", "---", "---");
    for (ExtensionKey key : mapping.extension()) {
      Map<String, String> tokens = key.tokens();
      if (tokens != null) {
        for (String sent : new TreeMap<>(inverted(tokens)).keySet()) {
          row("`" + key.key() + "`", "`" + key.field() + "`", sent, inverted(tokens).get(sent));
        }
      }
    }
    page.append('\n');
  }

  private static Map<String, String> inverted(Map<String, String> tokens) {
    return new TreeMap<>(tokens)
        .entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getValue, Map.Entry::getKey, (a, b) -> a + ", " + b, TreeMap::new));
  }

  private void limits() {
    CefMapping.Limits limits = mapping.limits();
    page.append("## Size of a line\n\nAt most ")
        .append(limits.tcpBytes())
        .append(" bytes over TCP, ")
        .append(limits.udpBytes())
        .append(" over UDP, syslog header included. A longer line has the values of `")
        .append(String.join("`, `", limits.order()))
        .append("` cut to ")
        .append(limits.characters())
        .append(" characters, one after the other until it fits; then `")
        .append(String.join("`, `", limits.drop()))
        .append("` left out; then all other texts cut too. What does not fit even so is a dead")
        .append(" letter.\n");
  }

  private void row(@Nullable String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell == null ? "" : cell).append(" |");
    }
    page.append('\n');
  }
}
