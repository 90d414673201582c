package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The files that a mapping consists of, and which of them each piece of it stands in. */
final class Sources {
  private final SourceFile main;
  private final List<SourceFile> files = new ArrayList<>();

  /** By the very object: two places of two files may be equal. */
  private final IdentityHashMap<Span, SourceFile> places = new IdentityHashMap<>();

  Sources(SourceFile main) {
    this.main = main;
  }

  void add(SourceFile file, YamlNode root) {
    files.add(file);
    if (file != main) {
      place(file, root);
    }
  }

  SourceFile of(Span span) {
    return places.getOrDefault(span, main);
  }

  /** The texts of all of them, from the child to the last of its parents. */
  String text() {
    StringBuilder text = new StringBuilder();
    files.forEach(file -> text.append(file.text()));
    return text.toString();
  }

  private void place(SourceFile file, YamlNode node) {
    places.put(node.span(), file);
    if (node instanceof YamlNode.Mapping map) {
      for (YamlNode.Entry entry : map.entries().values()) {
        places.put(entry.keySpan(), file);
        place(file, entry.value());
      }
    } else if (node instanceof YamlNode.Sequence list) {
      list.items().forEach(item -> place(file, item));
    }
  }
}
