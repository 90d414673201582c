package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import dev.camelsiem.flow.cef.mapping.CefMapping.Outcome;
import dev.camelsiem.flow.cef.mapping.CefMapping.OutcomeSet;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    page.append("# CEF mapping `").append(mapping.name()).append("`\n\n");
    page.append("Generated from the mapping file; do not edit.\n\n");
    header();
    families();
    outcomes();
    keys();
    tokens();
    limits();
    return page.toString();
  }

  private void header() {
    CefMapping.Header header = mapping.header();
    page.append("```\nCEF:0|")
        .append(text(header.vendor()))
        .append('|')
        .append(text(header.product()))
        .append('|')
        .append(text(header.version()))
        .append("|<id>|<name>|<severity>|<key>=<value> ...\n```\n\n");
  }

  private void families() {
    page.append("## Families\n\nThe family is what stands before `")
        .append(mapping.event().familySeparator())
        .append("` in the event's `")
        .append(mapping.event().id())
        .append("`. Severity by outcome.\n\n");
    row("Family", "Name", "Category", "Runtime event type", "Severity");
    row("---", "---", "---", "---", "---");
    for (Family family : mapping.families().values()) {
      row(
          "`" + family.prefix() + "`",
          text(family.name()),
          choice(family.category()),
          choice(family.runtimeType()),
          severities(family));
    }
    page.append("\n¹ needs the advanced licence.\n\n");
  }

  /** A constant, or where it comes from. */
  private static String text(TextSource source) {
    return source.isConstant() ? source.otherwise() : source.prefix() + "{" + source.field() + "}";
  }

  private static String choice(@Nullable Choice choice) {
    return choice == null ? "" : "`" + choice.key() + "`" + (choice.advanced() ? "¹" : "");
  }

  private static String severities(Family family) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < family.severities().size(); i++) {
      parts.add(family.outcomes().values().get(i).token() + " " + family.severities().get(i));
    }
    return String.join(", ", parts);
  }

  private void outcomes() {
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

  private static String remark(ExtensionKey key) {
    List<String> remarks = new ArrayList<>();
    if (key.extendedOnly()) {
      remarks.add("extended profile");
    }
    if (!key.outcomes().isEmpty()) {
      remarks.add("only with outcome " + String.join(", ", key.outcomes()));
    }
    if (!key.inDictionary()) {
      remarks.add("not in the CEF dictionary");
    }
    return String.join("; ", remarks);
  }

  private void tokens() {
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
