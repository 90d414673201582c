package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.BatchEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem cef encode}: JSON security events in, CEF lines out. */
@Command(
    name = "encode",
    description = {
      "Maps JSON security events to CEF lines.",
      "",
      "Takes one object, an array, or one object a line. An event that cannot be mapped is named on"
          + " standard error with its line and the reason; the others go on."
    })
public final class CefEncodeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The events; standard input when it is absent or `-`.")
  @Nullable Path file;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "The mapping: a file or classpath:...; several with commas, of which each event takes the"
              + " first that is for it. Default: ${DEFAULT-VALUE}",
      defaultValue = CefMappings.CONTAINER_SECURITY)
  String mapping = CefMappings.CONTAINER_SECURITY;

  @Mixin LineOptions line = new LineOptions();

  @Override
  public Integer call() throws IOException {
    BatchEncoder encoder = new BatchEncoder(encoding());
    PrintWriter out = spec.commandLine().getOut();
    Tally tally = new Tally(spec.commandLine().getErr());
    try (BatchInput input = BatchInput.open(spec.commandLine(), file)) {
      for (List<RawEvent> batch = input.nextEvents();
          !batch.isEmpty();
          batch = input.nextEvents()) {
        EncodedBatch lines = encoder.encode(batch, tally::reject);
        for (String line : lines) {
          out.print(line);
          out.print('\n');
        }
        out.flush();
        tally.add(lines.size());
      }
    }
    return tally.finish("encoded");
  }

  private CefEncoding encoding() {
    try {
      return new CefEncoding(CefMappings.loadAll(mapping), line.builder().build());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Counts what was done and tells what was not. */
  static final class Tally {
    private final PrintWriter err;
    private long done;
    private long rejected;

    Tally(PrintWriter err) {
      this.err = err;
    }

    void add(long more) {
      done += more;
    }

    void reject(DeadLetter letter) {
      rejected++;
      err.println(
          "line "
              + letter.event().position()
              + ": "
              + letter.reason().code()
              + ": "
              + letter.detail());
    }

    int finish(String verb) {
      if (rejected > 0) {
        err.println(done + " " + verb + ", " + rejected + " rejected");
      }
      err.flush();
      return rejected == 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }
  }
}
