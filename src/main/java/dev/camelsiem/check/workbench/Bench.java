package dev.camelsiem.check.workbench;

import dev.camelsiem.check.RawText;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.envelope.Reception;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.XmlNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the head under which an event shows most. */
final class Bench {
  private static final String TEXT_HEAD = "TEXT = '{$text=REST}'\n";
  private static final byte[] NOTHING = "-".getBytes(StandardCharsets.US_ASCII);

  private Bench() {}

  static Envelope open(@Nullable RawText event) {
    return event == null
        ? Envelope.open(NOTHING, 0, 1, BodyFormat.TEXT, Reception.of(System.currentTimeMillis()))
        : event.open();
  }

  static String head(Envelope event) {
    if (event.format() == BodyFormat.TEXT) {
      return TEXT_HEAD;
    }
    Document document =
        Document.of(event.array(), event.from(), event.to(), DocumentLimits.DEFAULT);
    if (document.eventlog() != null) {
      return "EVENTLOG = ''\n";
    }
    if (document.json() != null) {
      return "JSON = ''\n";
    }
    XmlNode root = document.xml();
    return root == null ? TEXT_HEAD : "XML = '" + root.name() + "'\n";
  }
}
