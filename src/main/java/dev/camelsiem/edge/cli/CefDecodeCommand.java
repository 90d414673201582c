package dev.camelsiem.edge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.camelsiem.flow.cef.CefMessage;
import dev.camelsiem.flow.cef.CefReader;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.json.JsonFactories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem cef decode}: CEF lines in, one JSON object a line out. */
@Command(
    name = "decode",
    description = {
      "Takes CEF lines apart: one JSON object a line.",
      "",
      "Any syslog header in front is read too, or its absence. A line that is not CEF is named on"
          + " standard error with its number and the reason; the others go on."
    })
public final class CefDecodeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The lines; standard input when it is absent or `-`.")
  @Nullable Path file;

  @Option(names = "--pretty", description = "Print for people: each object over several lines.")
  boolean pretty;

  @Override
  public Integer call() throws IOException {
    ObjectMapper json = JsonFactories.mapper();
    ObjectWriter writer = pretty ? json.writerWithDefaultPrettyPrinter() : json.writer();
    CefReader reader = new CefReader();
    PrintWriter out = spec.commandLine().getOut();
    CefEncodeCommand.Tally tally = new CefEncodeCommand.Tally(spec.commandLine().getErr());
    try (BatchInput input = BatchInput.open(spec.commandLine(), file)) {
      for (List<RawEvent> batch = input.nextLines(); !batch.isEmpty(); batch = input.nextLines()) {
        for (RawEvent line : batch) {
          CefReader.Reading reading = reader.read(line.array(), line.from(), line.to());
          CefMessage message = reading.message();
          Refusal refusal = reading.refusal();
          if (refusal != null) {
            tally.reject(new DeadLetter(line, refusal.reason(), refusal.detail(), "cef"));
          } else if (message != null) {
            out.print(writer.writeValueAsString(message.toMap()));
            out.print('\n');
            tally.add(1);
          }
        }
        out.flush();
      }
    }
    return tally.finish("decoded");
  }
}
