package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.util.List;

/** The way from a path into its route. Thread-safe; nothing throws. */
interface Way {
  /** Whether the route takes requests now: it has been started and does not stop. */
  boolean isOpen();

  /** Whether what is worked on may go on. */
  boolean mayWork();

  /** A whole request waits for a worker or is worked on, until {@link #ended}. */
  void begun();

  void ended();

  /** Sends a batch through the route. */
  Outcome pass(List<RawEvent> batch);

  /** Keeps dead letters; false when that failed, which is logged. */
  boolean keep(List<DeadLetter> letters);
}
