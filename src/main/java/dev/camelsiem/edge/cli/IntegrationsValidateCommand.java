package dev.camelsiem.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.flow.category.MappingsInForce;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.IntegrationsFile;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem integrations validate}: the check that the pipeline itself makes at its start. */
@Command(
    name = "validate",
    description = {
      "Checks a file of SIEM integrations as the pipeline does at its start.",
      "Exit status: 0 clean or warnings only, 1 errors, 2 no such file."
    })
public final class IntegrationsValidateCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, such as siem-integrations.yaml.")
  Path file;

  @Option(
      names = "--format",
      description =
          "How findings are written: ${COMPLETION-CANDIDATES}; JSON is one object a line."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "TEXT")
  Format format;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "The mappings whose categories the file may name, as the pipeline has them: files or"
              + " classpath:..., separated by commas. May be repeated. Default: all that are"
              + " shipped.")
  List<String> mappings = List.of();

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      spec.commandLine().getErr().println("siem: cannot read " + file);
      return ExitCode.USAGE;
    }
    Catalogue catalogue = catalogue();
    Reading reading = new IntegrationsFile(file.toString(), () -> catalogue).read();
    DiagnosticPrinter printer = new DiagnosticPrinter(CommandLine.Help.Ansi.AUTO.enabled());
    ObjectMapper json = JsonFactories.mapper();
    for (Diagnostic finding : reading.findings()) {
      out.println(
          format == Format.JSON
              ? json.writeValueAsString(object(finding))
              : printer.print(finding));
    }
    if (format == Format.TEXT) {
      summary(out, reading.set());
    }
    return reading.set() == null ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  private Catalogue catalogue() {
    try {
      return MappingsInForce.load(mappings.isEmpty() ? null : String.join(",", mappings))
          .catalogue();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Keys in the order of the catalogue. */
  private static List<String> inOrder(Set<String> keys, Choices choices) {
    return choices.keys().stream().filter(keys::contains).toList();
  }

  private void summary(PrintWriter out, @Nullable IntegrationSet set) {
    if (set == null) {
      out.println(file + ": not usable, see above");
      return;
    }
    Catalogue catalogue = set.catalogue();
    for (Integration integration : set.integrations()) {
      out.println(
          integration
              + (integration.enabled() ? "" : " (disabled)")
              + ": categories "
              + inOrder(integration.selection().categories(), catalogue.categories())
              + ", runtime event types "
              + inOrder(integration.selection().runtimeEventTypes(), catalogue.runtimeTypes())
              + ", agent groups "
              + set.subscription(integration).linkedAgentGroups().stream().sorted().toList());
    }
    out.println(
        file + ": " + set.integrations().size() + " integrations, licence " + set.licence());
  }

  private static Map<String, Object> object(Diagnostic finding) {
    SourceFile source = finding.file();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("code", finding.code().code());
    object.put("severity", finding.code().severity().word());
    object.put("file", source.name());
    object.put("line", source.line(finding.span().from()));
    object.put("column", source.column(finding.span().from()));
    object.put("endLine", source.line(finding.span().to()));
    object.put("endColumn", source.column(finding.span().to()));
    object.put("message", finding.message());
    if (finding.hint() != null) {
      object.put("hint", finding.hint());
    }
    return object;
  }
}
