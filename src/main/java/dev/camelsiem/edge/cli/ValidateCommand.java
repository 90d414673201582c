package dev.camelsiem.edge.cli;

import dev.camelsiem.check.validate.RuleValidator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem validate}: compiles and lints rules and what stands beside them. */
@Command(
    name = "validate",
    description = {
      "Compiles every rule below the given folders with the pipeline's own compiler, lints it, and"
          + " checks its metadata, texts and tests: also that some criteria hold for each test event.",
      "Every finding has a place, a code for @|bold siem explain|@ and, where there is one, a remedy."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  siem validate rules",
      "  siem validate --format json rules | jq .message",
      "",
      "Exit status: 0 no errors, 1 errors (with --strict also warnings) or no rule found,",
      "2 wrong use."
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders with rules at any depth, rule folders, or formula.xp files.")
  List<Path> roots;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = {
        "How findings are printed: text, or json for one object a line (default: ${DEFAULT-VALUE})."
      })
  FindingsPrinter.Format format;

  @Option(names = "--strict", description = "Warnings count as errors.")
  boolean strict;

  @Option(names = "--quiet", description = "Print errors only, no warnings.")
  boolean quiet;

  @Override
  public Integer call() {
    RuleValidator.Result result = validate();
    PrintWriter out = spec.commandLine().getOut();
    FindingsPrinter printer = new FindingsPrinter(spec.commandLine(), out, format);
    result.findings().stream().filter(f -> f.isError() || !quiet).forEach(printer::print);
    if (format == FindingsPrinter.Format.TEXT) {
      out.println(
          count(result.rules(), "rule")
              + ", "
              + count(result.tests(), "test")
              + ": "
              + count(result.errors(), "error")
              + ", "
              + count(result.warnings(), "warning"));
    }
    boolean bad = result.errors() > 0 || (strict && result.warnings() > 0);
    return bad ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  private RuleValidator.Result validate() {
    boolean visible = format == FindingsPrinter.Format.TEXT && ProgressBar.onTerminal();
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), visible, "rules")) {
      return new RuleValidator().validate(roots, bar::step);
    }
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
