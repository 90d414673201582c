package dev.camelsiem.edge.cli;

import dev.camelsiem.check.describe.EventDescription;
import dev.camelsiem.check.describe.TriedCriteria;
import dev.camelsiem.check.trace.ShownValues;
import java.io.PrintWriter;
import java.util.StringJoiner;
import picocli.CommandLine.Help.Ansi;

/** Shows how an event is described: line of metainfo.yaml, whether its criteria hold, sentences. */
final class DescriptionPrinter {
  private final PrintWriter out;
  private final Ansi ansi;

  DescriptionPrinter(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(EventDescription description) {
    TriedCriteria chosen = description.chosen();
    out.println(ansi.string("@|bold described|@ (after the appendix)"));
    for (TriedCriteria tried : description.tried()) {
      String what =
          !tried.hold() ? "false: " : tried.equals(chosen) ? "true: " : "true, too late: ";
      out.printf("%5d %s%s%n", tried.line(), what, tried.text());
      if (!tried.hold()) {
        out.println("      since " + reason(tried));
      }
    }
    if (chosen == null) {
      out.println("      no criteria hold, so these are the default sentences");
    }
    description
        .sentences()
        .forEach(
            (language, text) ->
                out.println("   " + language.code() + " " + ShownValues.printable(text)));
  }

  private static String reason(TriedCriteria tried) {
    StringJoiner reason = new StringJoiner(", ");
    tried.failed().forEach(failed -> reason.add(failed.values()));
    return reason.toString();
  }
}
