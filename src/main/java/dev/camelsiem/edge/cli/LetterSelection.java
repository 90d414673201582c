package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterFolder;
import dev.camelsiem.letters.Replayed;
import dev.camelsiem.letters.Sums;
import dev.camelsiem.letters.UnreadableException;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import dev.camelsiem.time.DateTimeParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters a command is about: all filters must fit. */
final class LetterSelection {
  private static final int MEBI = 1 << 20;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** Whether a letter waits, or has been replayed since. */
  enum State {
    OPEN,
    REPLAYED
  }

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "The file of dead letters. Default: ${DEFAULT-VALUE}.",
      defaultValue = "data/dead-letters.ndjson")
  Path path = Path.of("data", "dead-letters.ndjson");

  @Option(names = "--reason", description = "Such as malformed or no_rule_matched.")
  @Nullable String reason;

  @Option(names = "--stage", description = "The step that stopped it, such as cef.")
  @Nullable String stage;

  @Option(
      names = "--origin",
      description = "Where it came from; the beginning is enough: a path, tcp://192.0.2.1.")
  @Nullable String origin;

  @Option(names = "--integration", description = "The name of one that alone refused it.")
  @Nullable String integration;

  @Option(names = "--rule", description = "The rule that stopped it or came closest.")
  @Nullable String rule;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Written then or later: 2026-11-27T10:00:00Z, 2026-11-27, or 90m, 6h, 2d ago.")
  @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Written before.")
  @Nullable Instant until;

  @Option(
      names = "--id",
      split = ",",
      description = "The number of a letter or the id of its event; more than one with commas.")
  @Nullable List<String> ids;

  @Option(names = "--text", description = "What its raw bytes contain, case and all.")
  @Nullable String text;

  @Option(names = "--state", description = "open, or replayed since it was written.")
  @Nullable State state;

  private @Nullable Replayed replayed;

  /** Whether something could not be read. */
  private boolean unreadable;

  /** Whether any filter was given. */
  boolean isNarrow() {
    return reason != null
        || stage != null
        || origin != null
        || integration != null
        || rule != null
        || since != null
        || until != null
        || ids != null
        || text != null
        || state != null;
  }

  /**
   * Gives the letters that fit, the oldest first; with a bar on the terminal when it takes long.
   */
  void each(LetterFolder.Taker taker) throws IOException {
    if (!Files.isReadable(path) && new LetterFolder(path).bytes() == 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no dead letters at " + path + ": name the file with --path");
    }
    LetterFolder folder = new LetterFolder(path);
    PrintWriter err = spec.commandLine().getErr();
    try (ProgressBar bar = new ProgressBar(err, ProgressBar.onTerminal(), "MiB read")) {
      bar.total((int) (folder.bytes() / MEBI));
      long[] read = {0};
      folder.each(
          letter -> !fits(letter) || taker.take(letter),
          bytes -> {
            long before = read[0] / MEBI;
            read[0] += bytes;
            for (long i = before; i < read[0] / MEBI; i++) {
              bar.step();
            }
          });
    }
    folder.problems().forEach(problem -> warn(problem + ", left out"));
    long more = folder.unreadable() - folder.problems().size();
    if (more > 0) {
      warn(more + " more places could not be read, and were left out");
    }
    unreadable |= folder.unreadable() > 0;
  }

  private void warn(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("siem: " + TerminalText.line(text));
    err.flush();
  }

  /** The sums beside the letters; none, and a word about it, when they can't be read. */
  List<Sums.Sum> sums() throws IOException {
    try {
      return Sums.read(path);
    } catch (UnreadableException e) {
      unreadable = true;
      warn(e.getMessage() + ": the sums are left out");
      return List.of();
    }
  }

  /** How a command ends that has done all else. */
  int status() {
    return unreadable ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  boolean isReplayed(Letter letter) throws IOException {
    Replayed known = replayed;
    if (known == null) {
      known = replayed();
      replayed = known;
    }
    return known.isReplayed(letter);
  }

  private Replayed replayed() throws IOException {
    try {
      return Replayed.of(path);
    } catch (UnreadableException e) {
      unreadable = true;
      warn(e.getMessage() + ": what was replayed is not known");
      return Replayed.nothing();
    }
  }

  boolean fits(Letter letter) throws IOException {
    return fits(reason, letter.reason())
        && fits(stage, letter.stage())
        && (origin == null || letter.event().origin().startsWith(origin))
        && (integration == null || contains(letter.integrations(), integration))
        && fits(rule, letter.rule())
        && (since == null || !letter.time().isBefore(since))
        && (until == null || letter.time().isBefore(until))
        && (ids == null || ids.contains(letter.name()) || isOneOf(ids, letter))
        && (text == null || holds(letter, text))
        && (state == null || isReplayed(letter) == (state == State.REPLAYED));
  }

  private static boolean fits(@Nullable String wanted, @Nullable String is) {
    return wanted == null
        || wanted
            .toLowerCase(Locale.ROOT)
            .equals(Objects.toString(is, "").toLowerCase(Locale.ROOT));
  }

  private static boolean contains(List<String> names, String wanted) {
    return names.stream().anyMatch(name -> name.equalsIgnoreCase(wanted));
  }

  private static boolean isOneOf(List<String> ids, Letter letter) {
    return ids.contains(letter.event().id().toString())
        || !letter.parts().isEmpty()
            && letter.events().stream().anyMatch(event -> ids.contains(event.id().toString()));
  }

  private static boolean holds(Letter letter, String wanted) {
    String raw = new String(letter.event().toBytes(), StandardCharsets.UTF_8);
    return raw.contains(wanted);
  }

  /** A point in time, or how long ago it was. */
  static final class Time implements ITypeConverter<Instant> {
    private static final String UNITS = "smhd";
    private static final int[] SECONDS = {1, 60, 3_600, 86_400};
    private static final int MOST_DIGITS = 9;

    @Override
    public Instant convert(String value) {
      String text = value.strip();
      DateTime time = DateTimeParser.parse(Text.of(text), System.currentTimeMillis());
      if (time != null) {
        return Instant.ofEpochMilli(time.epochMillis());
      }
      String number = text.substring(0, Math.max(0, text.length() - 1));
      int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
      if (unit < 0 || number.length() > MOST_DIGITS || !Ascii.isDigits(number)) {
        throw new TypeConversionException(
            "expected 2026-11-27T10:00:00Z, 2026-11-27, or 90m, 6h, 2d ago, not `" + value + "`");
      }
      return Instant.now().minusSeconds(Long.parseLong(number) * SECONDS[unit]);
    }
  }
}
