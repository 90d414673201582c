package dev.camelsiem.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of docs/reliability.md, between two markers: a line for each row that has run. */
final class FaultTable {
  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final String BEGIN = "<!-- faults: mvn verify -Pfaults writes from here -->";
  private static final String END = "<!-- faults: to here -->";
  private static final String HEAD =
      """
      | Row | Fault | Events | Lost | Sent again | Recovered | Limits kept | Command |
      |---|---|---|---|---|---|---|---|
      """;

  private FaultTable() {}

  static synchronized void put(Row row, Verdict verdict) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    if (to < from) {
      throw new IOException(PAGE + " lacks the markers of the table");
    }
    List<String> lines = new ArrayList<>();
    for (Row each : Rows.all()) {
      if (each.id().equals(row.id())) {
        lines.add(line(row, verdict));
      } else {
        page.substring(from, to)
            .lines()
            .filter(line -> line.startsWith("| " + each.id() + " |"))
            .forEach(lines::add);
      }
    }
    Files.writeString(
        PAGE,
        page.substring(0, from)
            + "\n"
            + HEAD
            + String.join("\n", lines)
            + "\n"
            + page.substring(to));
  }

  private static String line(Row row, Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %s | %s | `mvn verify -Pfaults -Dfaults.rows=%s` |",
        row.id(),
        row.fault(),
        verdict.events(),
        verdict.lost(),
        verdict.repeated(),
        verdict.recoverMillis() < 0
            ? "never"
            : String.format(Locale.ROOT, "%.1f s", verdict.recoverMillis() / 1000.0),
        verdict.problems().isEmpty() ? "yes" : String.join("; ", verdict.problems()),
        row.id());
  }
}
