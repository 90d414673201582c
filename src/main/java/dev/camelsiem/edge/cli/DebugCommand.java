package dev.camelsiem.edge.cli;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.RuleSource;
import dev.camelsiem.check.describe.DescribedRule;
import dev.camelsiem.check.describe.EventDescription;
import dev.camelsiem.check.ruletest.FlatEvent;
import dev.camelsiem.check.trace.RuleRun;
import dev.camelsiem.check.trace.TraceRecorder;
import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.eval.Frame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem debug}: shows how a rule meets an event. */
@Command(
    name = "debug",
    description = {
      "Shows how one rule meets one raw event, step by step: what the pattern captured or how far it"
          + " came, each condition with its values, each assignment with line and value, each branch"
          + " and submessage, and the event that comes out; then which criteria of metainfo.yaml"
          + " hold for it, and the sentences that describe it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  siem debug rules/.../My_rule                  (its first test)",
      "  siem debug rules/.../My_rule 3                (its test 3)",
      "  siem debug rules/.../My_rule event.txt",
      "  siem debug rules/.../My_rule '<13>May  6 07:08:09 gate: door=5'",
      "",
      "Exit status: 0 an event came out, 1 none did, 2 wrong use."
    })
public final class DebugCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RULE", description = "The rule's folder or formula.xp.")
  Path rule;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EVENT",
      description =
          "The raw event: the number of a test, a file, - for standard input, or the text itself;"
              + " without it the rule's first test.")
  @Nullable String event;

  @Option(
      names = "--appendix",
      description = "Run the appendix as well: host fields and importance that are still unset.")
  boolean appendix;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuleFolder folder = folder();
    RuleSource source = RuleSource.read(folder, new Options(appendix, true));
    FindingsPrinter findings =
        new FindingsPrinter(spec.commandLine(), out, FindingsPrinter.Format.TEXT);
    findings.print(source.findings());
    CompiledRule compiled = source.rule();
    if (compiled == null) {
      return ExitCode.FINDINGS;
    }
    String name = eventName(folder);
    RawText raw = EventArgument.read(spec, name);
    out.println("rule  " + folder.formula());
    out.println("event " + (name.length() > 100 ? name.substring(0, 100) + "…" : name));
    out.println();
    int status = run(compiled, raw, findings);
    if (status == ExitCode.CLEAN) {
      describe(folder, compiled, raw, findings);
    }
    out.flush();
    return status;
  }

  private void describe(
      RuleFolder folder, CompiledRule compiled, RawText raw, FindingsPrinter findings) {
    PrintWriter out = spec.commandLine().getOut();
    MetadataReport report =
        new MetadataChecker(Taxonomy.standard().names()).check(folder, compiled.constantsOf("id"));
    DescribedRule described = DescribedRule.read(folder, report);
    EventDescription description = described == null ? null : described.describe(raw);
    if (description != null) {
      out.println();
      findings.print(report.errors());
      new DescriptionPrinter(out, spec.commandLine().getColorScheme().ansi()).print(description);
    }
  }

  private int run(CompiledRule compiled, RawText raw, FindingsPrinter findings) {
    PrintWriter out = spec.commandLine().getOut();
    SourceFile formula = compiled.file();
    TraceRecorder recorder = new TraceRecorder();
    RuleRun run = RuleRun.of(compiled, raw.open(), new Frame(), recorder);
    var ansi = spec.commandLine().getColorScheme().ansi();
    new TracePrinter(out, ansi, formula, findings, run.problem()).print(recorder.steps());
    out.println();
    if (run.json() != null) {
      out.println(ansi.string("@|bold,green normalized|@"));
      out.print(pretty(run.json()));
      return ExitCode.CLEAN;
    }
    out.println(ansi.string("@|bold,red " + outcome(run) + "|@"));
    return ExitCode.FINDINGS;
  }

  private static String outcome(RuleRun run) {
    return switch (run.outcome()) {
      case NO_MATCH -> "the rule does not match";
      case DROPPED -> "the rule drops the event";
      case FAILED -> "given up: " + run.failure();
      case NORMALIZED -> "normalized";
    };
  }

  private static String pretty(String json) {
    try {
      return FlatEvent.parse(json).toJson();
    } catch (FlatEvent.NotFlat e) {
      throw new IllegalStateException("the engine wrote broken JSON", e);
    }
  }

  private RuleFolder folder() {
    Diagnostics findings = new Diagnostics();
    List<RuleFolder> found = RuleFinder.find(List.of(rule), findings);
    if (found.size() != 1) {
      String problem = found.isEmpty() ? "no formula.xp" : found.size() + " rules";
      throw new ParameterException(
          spec.commandLine(), rule + " holds " + problem + "; name the folder of one rule");
    }
    return found.get(0);
  }

  private String eventName(RuleFolder folder) {
    List<RuleTest> tests = RuleTest.of(folder);
    if (event == null) {
      if (tests.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "the rule has no tests; name the event to debug it with");
      }
      return tests.get(0).raw().toString();
    }
    for (RuleTest test : tests) {
      if (event.equals(Integer.toString(test.number()))) {
        return test.raw().toString();
      }
    }
    return event;
  }
}
