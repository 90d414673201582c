package dev.camelsiem.edge.cli;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers the functions, the fields of the taxonomy and the words of the language. */
final class XpCompleter implements Completer {
  private static final List<String> WORDS =
      List.of(
          "if",
          "then",
          "elif",
          "else",
          "endif",
          "switch",
          "case",
          "endswitch",
          "and",
          "or",
          "not",
          "null",
          "true",
          "false",
          "drop",
          "submessage",
          "subformula",
          "endsubformula",
          "TEXT",
          "JSON",
          "EVENTLOG",
          "XML",
          "TABULAR",
          "COND",
          ":event",
          ":reset",
          ":help",
          ":quit");

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String typed = line.word().substring(0, line.wordCursor());
    String before = typed.substring(0, wordStart(typed));
    for (String name : Functions.names()) {
      FunctionSpec spec = Functions.find(name);
      String summary = spec == null ? "" : spec.summary();
      candidates.add(candidate(before, name + "(", "functions", summary, false));
    }
    for (String field : Taxonomy.standard().names()) {
      candidates.add(candidate(before, field, "fields", "", true));
    }
    for (String word : WORDS) {
      candidates.add(candidate(before, word, "words", "", true));
    }
  }

  private static Candidate candidate(
      String before, String word, String group, String summary, boolean complete) {
    return new Candidate(
        before + word, word, group, summary.isEmpty() ? null : summary, null, null, complete);
  }

  /** Where the name at the end begins: completion works inside {@code lower(subj}. */
  private static int wordStart(String typed) {
    int start = typed.length();
    while (start > 0) {
      char c = typed.charAt(start - 1);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != ':') {
        break;
      }
      start--;
    }
    return start;
  }
}
