package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.normalize.JsonForm;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.flow.normalize.OutputForm;
import dev.camelsiem.flow.output.EventOutput;
import dev.camelsiem.flow.output.LineForm;
import dev.camelsiem.flow.ruleset.RuleSetLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem normalize}: raw events in, normalized events out. */
@Command(
    name = "normalize",
    description = {
      "Normalizes raw events, one a line, with the rules below a folder; one JSON object or line"
          + " of CEF or LEEF for each comes out, in the order of the input.",
      "A line is raw text, a JSON object or an envelope with `body` and `mime`. What a line without a"
          + " MIME type is, is guessed: an object in braces is JSON or an event-log event, a document"
          + " in tags is XML, anything else is text. --format says it instead.",
      "Statistics go to standard error at the end."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  siem normalize --rules rules events.log > normalized.ndjson",
      "  journalctl -o short-iso | siem normalize --rules rules --format text --appendix",
      "  siem normalize --rules rules --unmatched rest.log --explain events.log",
      "  siem normalize --rules rules --output cef --host gate-1 events.log",
      "  siem normalize --rules rules --describe both events.log | jq '.\"description.en\"'",
      "",
      "Exit status: 0 every event was normalized or dropped by a rule, 1 some were not or a rule has",
      "errors, 2 wrong use."
    })
public final class NormalizeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-r", "--rules"},
      required = true,
      paramLabel = "DIR",
      description = "A folder with rules at any depth; may be given several times.")
  List<Path> rules;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The raw events; without it, or with -, standard input.")
  @Nullable Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What the lines are: text, json, eventlog, xml or tabular.")
  @Nullable String format;

  @Option(
      names = "--unmatched",
      paramLabel = "FILE",
      description = "Write the lines that were not normalized to this file, as they came.")
  @Nullable Path unmatched;

  @Option(
      names = "--explain",
      description = "Say on standard error why each of them was not, and which rule came closest.")
  boolean explain;

  @Option(
      names = "--appendix",
      description =
          "Set what rules leave unset: event_src.host and the other host fields, importance.")
  boolean appendix;

  @Option(
      names = "--describe",
      paramLabel = "LANGUAGE",
      defaultValue = "none",
      description =
          "Add what each event says in a sentence, as `description.ru` or `description.en`, from the"
              + " texts beside its rule: ru, en, both or none (default: ${DEFAULT-VALUE}). Turns"
              + " --appendix on, since sentences name hosts.")
  Describe describe;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "json",
      description =
          "What events become: json, or lines of a mapping: cef or leef (default: ${DEFAULT-VALUE})."
              + " Lines turn --appendix on, since they name hosts; the mapping says what of the"
              + " descriptions they carry.")
  EventOutput output;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "The mapping for --output cef or leef: a file or classpath:...; several with commas, of"
              + " which each event takes the first that is for it. Default: the shipped one.")
  @Nullable String mapping;

  @ArgGroup(exclusive = false, heading = "With --output cef or leef:%n")
  @Nullable LineOptions line;

  @Option(
      names = "--ambiguity",
      description =
          "Try every event on all rules that may match it, and report rules that match the same"
              + " events; slower. Without it one event in a thousand is looked at.")
  boolean ambiguity;

  @Option(names = "--no-stats", description = "Print no statistics at the end.")
  boolean noStats;

  @Override
  public Integer call() throws IOException {
    BodyFormat bodyFormat = bodyFormat();
    NormalizerOptions options = NormalizerOptions.DEFAULT.writing(form());
    Describe languages = options.output().describe();
    boolean completed = appendix || languages != Describe.NONE || output != EventOutput.JSON;
    RuleSetLoader.Loaded loaded = RuleSetLoader.load(rules, completed, languages);
    if (!loaded.errors().isEmpty()) {
      new FindingsPrinter(
              spec.commandLine(), spec.commandLine().getErr(), FindingsPrinter.Format.TEXT)
          .print(loaded.errors());
      return ExitCode.FINDINGS;
    }
    Normalizer normalizer =
        new Normalizer(loaded.rules(), ambiguity ? options.checkingAmbiguity() : options);
    NormalizeRun run = new NormalizeRun(normalizer, bodyFormat, spec.commandLine(), explain);
    try (InputStream in = open()) {
      run.run(in, unmatched);
    }
    if (!noStats) {
      run.printStats();
    }
    return run.leftOver() == 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private OutputForm form() {
    if (output == EventOutput.JSON) {
      if (mapping != null || line != null) {
        throw new ParameterException(
            spec.commandLine(), "a mapping and options of lines need --output cef or leef");
      }
      return new JsonForm(describe);
    }
    if (describe != Describe.NONE) {
      throw new ParameterException(
          spec.commandLine(),
          "--describe goes with JSON; what lines say is in the mapping: description.en, name.en");
    }
    try {
      CefOptions.Builder options = line == null ? CefOptions.builder() : line.builder();
      String locations = mapping == null ? output.mapping() : mapping;
      CefEncoding encoding = new CefEncoding(CefMappings.loadAll(locations), options.build());
      return new LineForm(output.checked(encoding));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private InputStream open() throws IOException {
    if (file == null || file.toString().equals("-")) {
      return System.in;
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(spec.commandLine(), file + " is not a readable file");
    }
    return Files.newInputStream(file);
  }

  private @Nullable BodyFormat bodyFormat() {
    if (format == null) {
      return null;
    }
    BodyFormat known = BodyFormat.ofName(format);
    if (known == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--format " + format + " is not known; it is one of " + BodyFormat.names());
    }
    return known;
  }
}
