package dev.camelsiem.edge.camel.cef;

import dev.camelsiem.flow.event.DeadLetter;
import java.util.List;

/** Some events of a message could not be marshalled or unmarshalled; says which and why. */
public final class CefFormatException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 5;

  private final transient List<DeadLetter> rejected;

  CefFormatException(List<DeadLetter> rejected) {
    super(message(rejected));
    this.rejected = List.copyOf(rejected);
  }

  /** The events with their reasons. */
  public List<DeadLetter> rejected() {
    return rejected;
  }

  private static String message(List<DeadLetter> rejected) {
    StringBuilder message = new StringBuilder();
    for (DeadLetter letter : rejected.subList(0, Math.min(MOST_SHOWN, rejected.size()))) {
      message.append(message.length() == 0 ? "" : "; ");
      message.append("event ").append(letter.event().position()).append(": ");
      message.append(letter.detail());
    }
    int more = rejected.size() - MOST_SHOWN;
    return message.append(more > 0 ? "; and " + more + " more" : "").toString();
  }
}
