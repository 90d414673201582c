package dev.camelsiem.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.letters.Request.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder beside the letters in which the command line leaves what it wants done, and whoever
 * has the letters open says what came of it. Every file appears whole, by a rename.
 */
public final class Requests {
  /**
   * More ranges of numbers than this are asked for in several requests, and more letters without
   * numbers; each request reads all letters.
   */
  static final int MOST_RANGES = 1_000_000;

  static final int MOST_IDS = 100_000;

  private static final int MOST_OUTCOMES = 100;
  private static final String ENDING = ".request";
  private static final String STATE = ".state";
  private static final String DONE = ".done";
  private static final ObjectMapper JSON = JsonFactories.mapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Path folder;

  /**
   * @param letters the file that letters are written to
   */
  public Requests(Path letters) {
    this.folder = LetterSegments.beside(letters, "requests", "requests");
  }

  /**
   * Asks for a replay.
   *
   * @param again whether what was replayed before is replayed again
   * @param route the route to replay by, or null for the one that each letter came by
   */
  public Asking replay(boolean again, @Nullable String route) {
    return new Asking(head(Kind.REPLAY, again, route, false), false);
  }

  /**
   * Asks to remove letters for good.
   *
   * @param sums whether all sums are to be forgotten, too
   */
  public Asking purge(boolean sums) {
    return new Asking(head(Kind.PURGE, false, null, sums), sums);
  }

  private static String head(Kind kind, boolean again, @Nullable String route, boolean sums) {
    ObjectNode head = JSON.createObjectNode();
    head.put("kind", kind.name().toLowerCase(Locale.ROOT)).put("again", again).put("sums", sums);
    return head.put("route", route).toString();
  }

  /** Requests that are being written: nothing is asked for before {@link #send}. */
  public final class Asking {
    private final String head;
    private final boolean alsoEmpty;
    private final List<String> parts = new ArrayList<>();
    private LetterNumbers numbers = new LetterNumbers();
    private final List<String> ids = new ArrayList<>();
    private long letters;

    private Asking(String head, boolean alsoEmpty) {
      this.head = head;
      this.alsoEmpty = alsoEmpty;
    }

    /** Asks for a letter more. */
    public void add(Letter letter) {
      letters++;
      if (letter.number() > 0) {
        numbers.add(letter.number());
      } else {
        ids.add(letter.name());
      }
      if (numbers.ranges() >= MOST_RANGES || ids.size() >= MOST_IDS) {
        endPart();
      }
    }

    private void endPart() {
      StringBuilder part = new StringBuilder();
      numbers.appendTo(part);
      ids.forEach(id -> part.append(id).append('\n'));
      parts.add(part.toString());
      numbers = new LetterNumbers();
      ids.clear();
    }

    /** How many letters are asked for. */
    public long letters() {
      return letters;
    }

    /** Asks; gives the names of the requests, none when there is nothing to ask for. */
    public List<String> send() throws IOException {
      if (numbers.ranges() > 0 || !ids.isEmpty() || parts.isEmpty() && alsoEmpty) {
        endPart();
      }
      if (!parts.isEmpty()) {
        DurableFiles.createFolders(folder);
      }
      List<String> names = new ArrayList<>();
      for (String part : parts) {
        String name =
            "%016d-%08x%s"
                .formatted(
                    System.currentTimeMillis() * 1000 + names.size(), RANDOM.nextInt(), ENDING);
        byte[] bytes = (head + '\n' + part).getBytes(StandardCharsets.UTF_8);
        DurableFiles.replace(folder.resolve(name), ByteBuffer.wrap(bytes));
        names.add(name);
      }
      return names;
    }
  }

  /** The names of the requests that wait, the oldest first. */
  List<Path> waiting() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return named(ENDING);
  }

  private List<Path> named(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /**
   * Reads a request.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it is none
   */
  static Request read(Path file) throws IOException {
    JsonNode head;
    LetterNumbers numbers = new LetterNumbers();
    Set<String> ids = new HashSet<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      head = JSON.readTree(Objects.requireNonNullElse(lines.readLine(), ""));
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.indexOf('-') >= 0) {
          ids.add(line);
        } else {
          numbers.add(line);
        }
      }
    }
    return new Request(
        file,
        Kind.valueOf(head.path("kind").asText().toUpperCase(Locale.ROOT)),
        head.path("again").asBoolean(),
        LetterJson.textOf(head, "route"),
        numbers,
        ids,
        head.path("sums").asBoolean());
  }

  /** How far a request has come; an outcome that is not done before anybody has looked at it. */
  public RequestOutcome outcome(String name) throws IOException {
    for (String ending : List.of(DONE, STATE)) {
      Path file = folder.resolve(name + ending);
      if (Files.exists(file)) {
        return RequestOutcome.read(Files.readAllBytes(file));
      }
    }
    return RequestOutcome.NONE;
  }

  /** Whether somebody has deleted a request before it was over. */
  public boolean isCancelled(String name) throws IOException {
    return Files.notExists(folder.resolve(name)) && !outcome(name).isDone();
  }

  /**
   * How far a request has come; of one whose state is damaged or cannot be read, nothing is known:
   * its replay gets another number, and leaves alone what the ledger knows.
   */
  RequestOutcome state(String name) {
    try {
      return outcome(name);
    } catch (IOException e) {
      LOG.warn("The state of {} in {} cannot be read: {}", name, folder, e.toString());
      return RequestOutcome.NONE;
    }
  }

  /** The highest number that a replay has, which has perhaps not replayed anything yet. */
  long highest() throws IOException {
    long highest = 0;
    for (Path request : waiting()) {
      highest = Math.max(highest, state(request.getFileName().toString()).number());
    }
    return highest;
  }

  /** Says how far a request has come. */
  void progress(Request request, RequestOutcome outcome) throws IOException {
    DurableFiles.replace(folder.resolve(request.name() + STATE), ByteBuffer.wrap(outcome.bytes()));
  }

  /** Says what came of a request, which is over with that. */
  void done(Path request, RequestOutcome outcome) throws IOException {
    String name = request.getFileName().toString();
    DurableFiles.replace(folder.resolve(name + DONE), ByteBuffer.wrap(outcome.bytes()));
    Files.deleteIfExists(request);
    Files.deleteIfExists(folder.resolve(name + STATE));
    DurableFiles.syncFolder(folder);
    forgetOld();
  }

  /** Also how far those had come that were cancelled. */
  private void forgetOld() throws IOException {
    List<Path> done = named(DONE);
    for (Path state : named(STATE)) {
      String name = state.getFileName().toString();
      String request = name.substring(0, name.length() - STATE.length());
      if (Files.notExists(folder.resolve(request))) {
        Files.deleteIfExists(state);
      }
    }
    for (Path file : done.subList(0, Math.max(0, done.size() - MOST_OUTCOMES))) {
      Files.deleteIfExists(file);
    }
  }
}
