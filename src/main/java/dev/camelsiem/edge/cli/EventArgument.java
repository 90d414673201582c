package dev.camelsiem.edge.cli;

import dev.camelsiem.check.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the event that a user names: a file, {@code -} for standard input, or the text itself. */
final class EventArgument {
  private EventArgument() {}

  static RawText read(CommandSpec spec, String argument) {
    try {
      if (argument.equals("-")) {
        return RawText.of(System.in.readNBytes(RawText.LARGEST));
      }
      Path file = path(argument);
      return file != null && Files.isRegularFile(file) ? RawText.read(file) : RawText.of(argument);
    } catch (RawText.Unusable e) {
      throw new ParameterException(
          spec.commandLine(), "the event `" + argument + "` cannot be used: " + e.problem());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "standard input cannot be read", e);
    }
  }

  private static @org.jspecify.annotations.Nullable Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      return null; // an event's text, not a path
    }
  }
}
