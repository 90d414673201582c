package dev.camelsiem.edge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command printed and returned, run in this process as users run it. */
record Siem(int status, String out, String err) {
  static Siem run(String... arguments) {
    return run(Ansi.OFF, arguments);
  }

  static Siem run(Ansi ansi, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SiemCommand.commandLine();
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    return new Siem(status, out.toString(), err.toString());
  }

  String lastLine() {
    return out.lines().reduce("", (before, line) -> line);
  }
}
