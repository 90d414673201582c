package dev.camelsiem.letters;

import dev.camelsiem.flow.event.RawEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pipeline that letters are replayed through. */
public interface ReplayTarget {
  /**
   * The way of a letter.
   *
   * @param wanted the route that somebody has named, or null
   * @return a route that runs
   * @throws NoWayException when there is none, and the letter stays where it is
   * @throws NotNowException when there is one, but not now
   */
  String route(Letter letter, @Nullable String wanted) throws NoWayException, NotNowException;

  /**
   * Sends events on their way; durable on return.
   *
   * @param integrations the only ones to get them; empty for all
   * @throws NotNowException when they were not taken
   */
  void deliver(String route, List<String> integrations, List<RawEvent> events)
      throws NotNowException, InterruptedException;

  /** There is no route for a letter. */
  final class NoWayException extends Exception {
    private static final long serialVersionUID = 1;

    public NoWayException(String message) {
      super(message);
    }
  }

  /** It is to be tried again. */
  final class NotNowException extends Exception {
    private static final long serialVersionUID = 1;

    public NotNowException(String message) {
      super(message);
    }
  }
}
