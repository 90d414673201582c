package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.lang.yaml.YamlNode.Entry;
import dev.camelsiem.lang.yaml.YamlNode.Mapping;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.lang.yaml.YamlNode.Sequence;
import dev.camelsiem.lang.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mapping file and the one that it extends into one. Of a section the child's entries win
 * over the parent's, one by one; a list of the child's stands for the parent's whole list. Of the
 * extension the child's entries for a key take the place of the parent's for that key, and keys
 * that the parent has not come last. The keys of a parent of another format are none of the
 * child's.
 */
final class Inheritance {
  static final String EXTENDS = "extends";
  static final String WITHOUT = "without";
  static final String FORMAT = "format";
  static final String LIMITS = "limits";
  static final String SHORTEN = "shorten";
  private static final String EXTENSION = "extension";
  private static final int DEEPEST = 8;

  /** Finds the text of a mapping that another one names. */
  @FunctionalInterface
  interface Parents {
    /**
     * @throws IllegalArgumentException with a sentence when nothing can be read there
     */
    SourceFile read(String location, SourceFile child);
  }

  private final Parents parents;
  private final Diagnostics findings;
  private final Sources sources;
  private final List<String> chain = new ArrayList<>();

  Inheritance(Parents parents, Diagnostics findings, Sources sources) {
    this.parents = parents;
    this.findings = findings;
    this.sources = sources;
  }

  /** The whole of a mapping, or null when there is none, which is a finding. */
  @Nullable Mapping whole(SourceFile file) {
    Mapping root = YamlReader.read(file, findings);
    chain.add(file.name());
    if (root == null) {
      return null;
    }
    sources.add(file, root);
    if (root.get(EXTENDS) instanceof Scalar location) {
      return extended(file, root, location);
    }
    settings(root).text(EXTENDS); // says what else it is
    return root;
  }

  private @Nullable Mapping extended(SourceFile file, Mapping child, Scalar location) {
    SourceFile parent;
    try {
      parent = parents.read(location.text(), file);
    } catch (IllegalArgumentException e) {
      report(CefFinding.NO_PARENT, file, location.span(), String.valueOf(e.getMessage()));
      return null;
    }
    if (chain.contains(parent.name()) || chain.size() == DEEPEST) {
      chain.add(parent.name());
      report(CefFinding.CYCLE, file, location.span(), String.join(" -> ", chain));
      return null;
    }
    Mapping above = whole(parent);
    if (above == null) {
      return null;
    }
    LineFormat format = format(settings(above));
    boolean other = child.get(FORMAT) != null && format(settings(child)) != format;
    if (other && child.get(EXTENSION) == null) {
      String hint = "write an `extension` of its own; all else is taken from there";
      settings(child)
          .report(CefFinding.OTHER_FORMAT, location.span(), hint, format, format(settings(child)));
    }
    return merged(other ? withoutKeys(above) : above, child);
  }

  private Settings settings(Mapping map) {
    return new Settings(sources, findings, map);
  }

  /** The format that a mapping names; what it does not know is told when it is read. */
  static LineFormat format(Settings root) {
    return root.isWord(FORMAT, LineFormat.LEEF.word()) ? LineFormat.LEEF : LineFormat.CEF;
  }

  /** A mapping without what names its keys: the extension, and the order in which it shrinks. */
  private static Mapping withoutKeys(Mapping map) {
    Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    entries.remove(EXTENSION);
    Entry limits = entries.get(LIMITS);
    if (limits != null && limits.value() instanceof Mapping all) {
      Map<String, Entry> left = new LinkedHashMap<>(all.entries());
      left.remove(SHORTEN);
      entries.put(LIMITS, new Entry(LIMITS, limits.keySpan(), new Mapping(all.span(), left)));
    }
    return new Mapping(map.span(), entries);
  }

  private void report(CefFinding finding, SourceFile file, Span span, String what) {
    findings.add(finding.at(file, span, what));
  }

  private Mapping merged(Mapping parent, Mapping child) {
    Map<String, Entry> entries = new LinkedHashMap<>(parent.entries());
    entries.remove("rules"); // the parent's events are not the child's
    entries.remove(EXTENDS);
    for (Entry entry : child.entries().values()) {
      Entry old = parent.entries().get(entry.key());
      boolean together =
          old != null && old.value() instanceof Mapping && entry.value() instanceof Mapping;
      entries.put(entry.key(), together ? together(old, entry) : entry);
    }
    entries.remove(WITHOUT);
    YamlNode extension =
        extension(
            parent.entries().get(EXTENSION), child.entries().get(EXTENSION), child.get(WITHOUT));
    Entry named = child.entries().get(EXTENSION);
    Span span = named == null ? child.span() : named.keySpan();
    entries.put(EXTENSION, new Entry(EXTENSION, span, extension));
    return new Mapping(child.span(), entries);
  }

  private static Entry together(@Nullable Entry parent, Entry child) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (parent != null && parent.value() instanceof Mapping map) {
      entries.putAll(map.entries());
    }
    entries.putAll(((Mapping) child.value()).entries());
    return new Entry(child.key(), child.keySpan(), new Mapping(child.value().span(), entries));
  }

  private YamlNode extension(
      @Nullable Entry parent, @Nullable Entry child, @Nullable YamlNode without) {
    if (child != null && !(child.value() instanceof Sequence)) {
      return child.value(); // is told when it is read
    }
    List<YamlNode> own = items(child);
    List<YamlNode> inherited = items(parent);
    Set<String> gone = gone(without, inherited);
    List<YamlNode> all = new ArrayList<>();
    Set<String> placed = new LinkedHashSet<>();
    for (YamlNode item : inherited) {
      String key = key(item);
      boolean replaced = own.stream().anyMatch(each -> key.equals(key(each)));
      if (replaced && placed.add(key)) {
        own.stream().filter(each -> key.equals(key(each))).forEach(all::add);
      } else if (!replaced && !gone.contains(key)) {
        all.add(item);
      }
    }
    own.stream().filter(each -> !placed.contains(key(each))).forEach(all::add);
    Span span =
        child == null
            ? (parent == null ? Span.START : parent.value().span())
            : child.value().span();
    return new Sequence(span, List.copyOf(all));
  }

  /** Keys of the parent that the child does not send; a finding for what is none. */
  private Set<String> gone(@Nullable YamlNode without, List<YamlNode> inherited) {
    Set<String> known = new LinkedHashSet<>();
    inherited.forEach(item -> known.add(key(item)));
    Set<String> gone = new LinkedHashSet<>();
    if (without == null) {
      return gone;
    }
    Map<String, Entry> one = Map.of(WITHOUT, new Entry(WITHOUT, without.span(), without));
    Settings settings = new Settings(sources, findings, new Mapping(without.span(), one));
    for (Scalar word : settings.words(WITHOUT)) {
      if (!known.contains(word.text())) {
        settings.unknown("key in the mapping that is extended", word.text(), word.span(), known);
      }
      gone.add(word.text());
    }
    return gone;
  }

  private static List<YamlNode> items(@Nullable Entry extension) {
    return extension != null && extension.value() instanceof Sequence list
        ? list.items()
        : List.of();
  }

  private static String key(YamlNode item) {
    return item instanceof Mapping map && map.get("key") instanceof Scalar scalar
        ? scalar.text()
        : "";
  }
}
