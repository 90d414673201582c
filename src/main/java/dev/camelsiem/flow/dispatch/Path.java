package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.compile.VariablePath;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.EventPath;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path that is ready to be followed in documents of a format. */
final class Path {
  private final EventPath place;

  /** The first key that is no name, and those behind it. */
  private final List<Object> more;

  Path(DocumentFormat format, VariablePath path) {
    List<Text> names = new ArrayList<>(List.of(Text.of(path.variable())));
    for (Object key : path.keys()) {
      if (!(key instanceof Text name)) {
        break;
      }
      names.add(name);
    }
    place = EventPath.of(format, names);
    more = path.keys().subList(names.size() - 1, path.keys().size());
  }

  /** What stands there in a document that has the format. */
  @Nullable Object value(Document document) {
    Object value = document.find(place);
    for (int i = 0; i < more.size() && value != null; i++) {
      value = Operators.index(value, more.get(i));
    }
    return value;
  }
}
