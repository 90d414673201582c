package dev.camelsiem.edge.cli;

import dev.camelsiem.check.trace.Explanation;
import dev.camelsiem.check.trace.ShownValues;
import dev.camelsiem.check.trace.TraceStep;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Shows the steps of an evaluation: line of the formula, what happened, with which value. */
final class TracePrinter {
  private static final int LONGEST_SOURCE = 72;
  private static final Style[] COLOURS = {
    Style.fg_cyan, Style.fg_green, Style.fg_yellow, Style.fg_magenta, Style.fg_blue
  };

  private final PrintWriter out;
  private final Ansi ansi;
  private final SourceFile formula;
  private final FindingsPrinter findings;
  private final @Nullable String problem;

  /**
   * @param problem why the event could not be decoded, or null
   */
  TracePrinter(
      PrintWriter out,
      Ansi ansi,
      SourceFile formula,
      FindingsPrinter findings,
      @Nullable String problem) {
    this.problem = problem;
    this.out = out;
    this.ansi = ansi;
    this.formula = formula;
    this.findings = findings;
  }

  void print(List<TraceStep> steps) {
    steps.forEach(this::print);
  }

  private void print(TraceStep step) {
    if (step instanceof TraceStep.Pattern pattern) {
      pattern(pattern);
    } else if (step instanceof TraceStep.Structured head) {
      if (head.matched()) {
        line(head.head(), "head matches");
      } else {
        findings.print(Explanation.head(formula, head, problem));
      }
    } else if (step instanceof TraceStep.Condition condition) {
      condition(condition);
    } else if (step instanceof TraceStep.Assigned assigned) {
      assigned(assigned);
    } else if (step instanceof TraceStep.Branch branch) {
      String taken = branch.implicit() ? "no branch taken: " : "taken: ";
      line(branch.place(), taken + source(branch.place()));
    } else if (step instanceof TraceStep.Submessage call) {
      Span applied = call.applied();
      String what =
          applied == null
              ? "no subformula matched"
              : "subformula of line " + formula.line(applied.from()) + " was applied";
      line(call.call(), source(call.call()) + ": " + what);
    } else if (step instanceof TraceStep.Dropped dropped) {
      line(dropped.statement(), "drop");
    }
  }

  private void condition(TraceStep.Condition condition) {
    if (condition.holds()) {
      line(condition.part(), "true: " + source(condition.part()));
    } else {
      findings.print(Explanation.condition(formula, condition));
    }
  }

  private void assigned(TraceStep.Assigned assigned) {
    String text = assigned.target() + " = " + assigned.stored();
    if (assigned.stored().equals("null") && !assigned.value().equals("null")) {
      text = assigned.target() + " is unset: " + assigned.value() + " does not convert to its type";
    } else if (!assigned.stored().equals(assigned.value())) {
      text += "   (from " + assigned.value() + ")";
    }
    line(assigned.statement(), text);
  }

  private void pattern(TraceStep.Pattern pattern) {
    if (pattern.failure() != null) {
      out.println("      pattern does not match");
      out.println();
      Explanation.pattern(formula, pattern, pattern.failure(), "<text>").forEach(findings::print);
      return;
    }
    out.println("      pattern matches");
    for (String shown : coloured(pattern).lines().toList()) {
      out.println("        " + shown);
    }
    int number = 0;
    for (TraceStep.Capture capture : pattern.captures()) {
      line(
          capture.place(),
          paint(number++, capture.name()) + " = " + capture.value() + "   " + capture.token());
    }
  }

  /** The text with each capture in the colour of its name; without colours in brackets. */
  private String coloured(TraceStep.Pattern pattern) {
    String text = pattern.text();
    StringBuilder shown = new StringBuilder();
    int at = 0;
    List<TraceStep.Capture> captures = pattern.captures();
    List<TraceStep.Capture> inOrder =
        captures.stream()
            .filter(capture -> capture.from() >= 0)
            .sorted(Comparator.comparing(TraceStep.Capture::from))
            .toList();
    for (TraceStep.Capture capture : inOrder) {
      if (capture.from() < at) {
        continue;
      }
      shown.append(visible(text.substring(at, capture.from())));
      String part = visible(text.substring(capture.from(), capture.to()));
      shown.append(ansi.enabled() ? paint(captures.indexOf(capture), part) : "[" + part + "]");
      at = capture.to();
    }
    return shown.append(visible(text.substring(at))).toString();
  }

  /** Line breaks stay, other control characters become dots. */
  private static String visible(String text) {
    return String.join(
        "\n", List.of(text.split("\n", -1)).stream().map(ShownValues::printable).toList());
  }

  private String paint(int number, String text) {
    Style colour = COLOURS[number % COLOURS.length];
    return ansi.enabled() ? Style.on(colour) + text + Style.off(colour) : text;
  }

  private void line(Span place, String text) {
    out.printf("%5d %s%n", formula.line(place.from()), text);
  }

  /** A place of the formula on one line, shortened. */
  private String source(Span place) {
    StringBuilder shown = new StringBuilder();
    boolean blank = false;
    for (int i = place.from(); i < place.to(); i++) {
      char c = formula.text().charAt(i);
      if (Character.isWhitespace(c)) {
        blank = true;
        continue;
      }
      shown.append(blank && !shown.isEmpty() ? " " : "").append(c);
      blank = false;
      if (shown.length() > LONGEST_SOURCE) {
        return shown.append('…').toString();
      }
    }
    return shown.toString();
  }
}
