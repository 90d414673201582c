package dev.camelsiem.edge.cli;

import dev.camelsiem.lang.diagnostic.NearNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem explain}: says more about a code of a finding. */
@Command(
    name = "explain",
    description = {
      "Explains the code of a finding, such as @|bold XP201|@: what it means and what to do.",
      "Without a code it lists all of them."
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final String PAGE = "/dev/camelsiem/diagnostics.md";
  private static final String SECTION = "### ";

  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code, in any case.")
  @Nullable String code;

  @Override
  public Integer call() throws IOException {
    Map<String, String> sections = sections();
    PrintWriter out = spec.commandLine().getOut();
    if (code == null) {
      sections.forEach((known, text) -> out.println(known + "  " + firstLine(text)));
      return ExitCode.CLEAN;
    }
    String wanted = code.toUpperCase(Locale.ROOT);
    String text = sections.get(wanted);
    if (text == null) {
      String hint = NearNames.hint(wanted, sections.keySet());
      throw new ParameterException(
          spec.commandLine(),
          "there is no code `" + code + "`; " + (hint == null ? "`siem explain` lists all" : hint));
    }
    out.println(spec.commandLine().getColorScheme().ansi().string("@|bold " + wanted + "|@"));
    out.println(text);
    return ExitCode.CLEAN;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The texts of the page by code, in the order of the page. */
  static Map<String, String> sections() throws IOException {
    try (InputStream in = ExplainCommand.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException(PAGE + " is missing from the class path");
      }
      String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> sections = new LinkedHashMap<>();
      for (int at = page.indexOf(SECTION); at >= 0; at = page.indexOf(SECTION, at + 1)) {
        int line = page.indexOf('\n', at);
        int end = endOfSection(page, line);
        String text = page.substring(line, end).replace("```text\n", "").replace("```", "").strip();
        sections.put(page.substring(at + SECTION.length(), line).strip(), text);
      }
      return sections;
    }
  }

  private static int endOfSection(String page, int from) {
    int section = page.indexOf("\n" + SECTION, from);
    int area = page.indexOf("\n## ", from);
    int end = section < 0 ? page.length() : section;
    return area < 0 ? end : Math.min(end, area);
  }
}
