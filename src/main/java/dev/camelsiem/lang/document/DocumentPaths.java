package dev.camelsiem.lang.document;

import dev.camelsiem.json.KeyTree;
import dev.camelsiem.text.Text;
import java.util.List;

/** What rules are going to ask bodies for, so that reading them knows what to keep. */
public final class DocumentPaths {
  private final KeyTree.Builder tree = new KeyTree.Builder();

  /** Adds a path. */
  public void add(EventPath path) {
    add(path.format(), path.variable(), path.keys());
  }

  /**
   * Adds a variable and what is asked for in it.
   *
   * @param keys texts and numbers, outermost first; what is behind a number is not told apart
   */
  public void add(DocumentFormat format, Text variable, List<?> keys) {
    switch (format) {
      case JSON, TABULAR -> add(KeyTree.ROOT, variable, keys);
      case EVENTLOG -> addToEvent(variable, keys);
      case TEXT, XML -> {}
    }
  }

  private void addToEvent(Text variable, List<?> keys) {
    int event = tree.child(KeyTree.ROOT, WindowsEvent.EVENT);
    int system = tree.child(event, WindowsEvent.SYSTEM); // looked for in every event
    int data = tree.child(event, WindowsEvent.EVENT_DATA);
    if (variable.equals(WindowsEvent.DATA)) {
      add(data, variable, keys);
      tree.named(tree.child(data, variable));
    } else {
      add(system, variable, keys);
      add(event, variable, keys);
      add(data, variable, keys);
    }
  }

  private void add(int parent, Text variable, List<?> keys) {
    int node = tree.child(parent, variable);
    for (Object key : keys) {
      if (!(key instanceof Text name)) {
        break;
      }
      node = tree.child(node, name);
    }
    tree.whole(node);
  }

  /** All that was added. */
  public KeyTree build() {
    return tree.build();
  }
}
