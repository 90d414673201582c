package dev.camelsiem.integration.delivery;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import java.io.IOException;

/**
 * The way to one destination. Connects when it has something to send, and again after a break. Used
 * by one thread; {@link #close} may come from another and fails a {@link #send} under way.
 */
public interface Transport extends AutoCloseable {
  /**
   * Frames and writes a whole batch; returns when the operating system has taken it.
   *
   * @throws IOException when it could not be written; part of it may have been
   */
  void send(EncodedBatch batch) throws IOException, InterruptedException;

  @Override
  void close();

  /** Makes transports. */
  @FunctionalInterface
  interface Factory {
    Transport open(Destination destination, Listener listener);
  }

  /** Hears what happens to the connection; called on the transport's own threads. */
  interface Listener {
    void connected();

    /**
     * The connection has ended and nobody here closed it.
     *
     * @param orderly the peer closed it, rather than reset it or fell silent
     */
    void disconnected(boolean orderly, String why);

    /** Events that left and are known to be lost, as only UDP does. */
    void lost(int events, String why);
  }
}
