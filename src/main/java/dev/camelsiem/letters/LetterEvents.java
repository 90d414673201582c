package dev.camelsiem.letters;

import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.DeadLetter.Part;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.Letter.Shape;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Lines;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that a letter stands for, each with the id that it had. */
final class LetterEvents {
  private static final String HTTP = "http";

  private LetterEvents() {}

  /**
   * Why the events of a letter cannot be had back, or an empty string when they can; without
   * figures, since refusals are counted by their reason.
   */
  static String refusal(Letter letter) {
    if (letter.cut() != null || isCutByOldVersion(letter)) {
      return "only its first bytes were kept";
    }
    return of(letter).size() == letter.count()
        ? ""
        : "its bytes cannot be told apart into its events";
  }

  /** As long as {@link #refusal} says nothing: as many as the letter counts. */
  static List<RawEvent> of(Letter letter) {
    if (letter.count() == 1) {
      return List.of(letter.event());
    }
    if (!letter.parts().isEmpty()) {
      return parts(letter);
    }
    Shape shape = letter.shape() == null ? shapeOfOldVersion(letter.event()) : letter.shape();
    return shape == Shape.ELEMENTS ? elements(letter.event()) : lines(letter.event());
  }

  /** How the events of a dead letter stand in its bytes; null when they do not need it. */
  static @Nullable Shape shape(DeadLetter letter, List<Part> parts) {
    if (letter.count() == 1 || !parts.isEmpty()) {
      return null;
    }
    RawEvent stretch = letter.event();
    boolean isInArray = stretch.element() > 0 || opensArray(stretch.array(), stretch.from());
    return isInArray ? Shape.ELEMENTS : Shape.LINES;
  }

  /** Whether a bracket stands before a place: on its line, or alone on one before. */
  private static boolean opensArray(byte[] bytes, int place) {
    boolean sameLine = true;
    int at = place - 1;
    while (at >= 0 && Ascii.isBlank(bytes[at])) {
      sameLine &= bytes[at--] != '\n';
    }
    if (at < 0 || bytes[at] != '[') {
      return false;
    }
    int before = at - 1;
    while (before >= 0 && bytes[before] != '\n' && Ascii.isBlank(bytes[before])) {
      before--;
    }
    return sameLine
        || before < 0
        || bytes[before] == '\n'
        || before == 2 && Utf8.skipBom(bytes, 0, 3) == 3;
  }

  private static Shape shapeOfOldVersion(RawEvent stretch) {
    byte[] array = asArray(stretch);
    return stretch.element() > 0 || LetterJson.isJson(array) ? Shape.ELEMENTS : Shape.LINES;
  }

  private static boolean isCutByOldVersion(Letter letter) {
    return letter.reason().equals("too_large") && letter.detail().contains("are kept");
  }

  private static List<RawEvent> parts(Letter letter) {
    RawEvent all = letter.event();
    List<RawEvent> events = new ArrayList<>(letter.parts().size());
    int from = all.from();
    for (Part part : letter.parts()) {
      int to = from + part.length();
      if (part.length() < 0 || to > all.to()) {
        return List.of();
      }
      events.add(at(all, from, to, part.offset(), part.element()));
      from = to + 1;
    }
    return events;
  }

  /** A stretch of elements of one array; only a whole request numbers its lines, too. */
  private static List<RawEvent> elements(RawEvent stretch) {
    byte[] array = asArray(stretch);
    RawEvent whole =
        new RawEvent(array, 0, array.length, stretch.origin(), 0, stretch.receivedAt());
    boolean counts = stretch.origin().startsWith(HTTP);
    List<RawEvent> events = new ArrayList<>();
    long line = stretch.position();
    int counted = 1;
    List<RawEvent> elements = new ArrayList<>();
    EventSplitter.elements(whole, elements::add);
    for (RawEvent element : elements) {
      line += counts ? Lines.count(array, counted, element.from()) : 0;
      counted = element.from();
      events.add(
          new RawEvent(
              array,
              element.from(),
              element.to(),
              stretch.origin(),
              line,
              stretch.receivedAt(),
              stretch.source(),
              stretch.element() + element.element()));
    }
    return events;
  }

  private static byte[] asArray(RawEvent stretch) {
    byte[] array = new byte[stretch.length() + 2];
    array[0] = '[';
    array[array.length - 1] = ']';
    System.arraycopy(stretch.array(), stretch.from(), array, 1, stretch.length());
    return array;
  }

  private static List<RawEvent> lines(RawEvent stretch) {
    List<RawEvent> events = new ArrayList<>();
    long line = stretch.position();
    int end;
    for (int from = stretch.from(); from < stretch.to(); from = end + 1) {
      end = Lines.end(stretch.array(), from, stretch.to());
      RawEvent event = at(stretch, from, end, line++, 0);
      if (!new String(event.toBytes(), StandardCharsets.ISO_8859_1).isBlank()) {
        events.add(event);
      }
    }
    return events;
  }

  private static RawEvent at(RawEvent of, int from, int to, long offset, int element) {
    return new RawEvent(
        of.array(), from, to, of.origin(), offset, of.receivedAt(), of.source(), element);
  }
}
