package dev.camelsiem.delivery;

import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;

/**
 * The way to one SIEM. Connects when it has something to send, and again after a break; knows when
 * the SIEM has what was sent. Used by one thread; {@link #close} may come from another and fails
 * what is under way.
 *
 * <p>A caller sends batches, each with a mark that grows, and asks with {@link #confirm} for the
 * window that they make. What comes back is the highest mark that is safe to forget. After an
 * exception nothing beyond the last such mark counts: the caller waits and sends all of it again.
 */
public interface Transport extends AutoCloseable {
  /**
   * Frames a batch and hands it to the wire; waits while too much is unwritten. An empty batch is
   * only a mark.
   *
   * @throws IOException when the connection broke or was never made; part may have arrived
   */
  void send(EncodedBatch batch, long mark) throws IOException, InterruptedException;

  /** Whether {@link #confirm} should be called now: the window is full, or as old as it may get. */
  boolean isDue();

  /**
   * When {@link #isDue} may next turn true by age, as {@link System#nanoTime}; far away if never.
   */
  long dueAt();

  /**
   * Ends the window and waits until the SIEM has shown that it has all of it.
   *
   * @return the highest mark that is safe to forget now; may lag behind what was sent
   * @throws IOException when it is not known to have arrived
   */
  long confirm() throws IOException, InterruptedException;

  /**
   * Settles what {@link #confirm} still held back, for a caller that has had nothing to send for
   * {@link #SETTLE_AFTER_SECONDS}.
   *
   * @return as {@link #confirm}
   */
  long settle() throws IOException, InterruptedException;

  /** Whether what {@link #confirm} returns was shown by the SIEM, and not only written. */
  default boolean isConfirmed() {
    return true;
  }

  @Override
  void close();

  /** How long a caller waits after the last {@link #confirm} before it calls {@link #settle}. */
  int SETTLE_AFTER_SECONDS = 3;

  /** Makes transports. */
  @FunctionalInterface
  interface Factory {
    /** Never connects yet; settings that cannot be used are told at {@link Transport#send}. */
    Transport open(dev.camelsiem.integration.Integration integration, Listener listener);

    /**
     * What a transport takes from an integration's quota; where it changes, another is needed. To
     * be compared only.
     */
    default Object limits(dev.camelsiem.integration.Integration integration) {
      return "";
    }
  }

  /** Hears what happens; called on the caller's thread or the transport's own. Must not block. */
  interface Listener {
    /** What the transport does now, such as {@link SenderState#CONFIRMING}. */
    void state(SenderState state);

    /** A connection came about, to this address. */
    void connected(String address);

    /**
     * Events were handed to the operating system or a client library; perhaps not for the first
     * time.
     *
     * @param bytes of these events, without frames
     */
    void sent(int events, long bytes);

    /** Events that left and are known to be lost, as only UDP does. */
    void lost(int events, String why);

    /**
     * The SIEM never answers a half-close: what is sent last is sent again after a break instead.
     */
    void unconfirmed(String why);

    /** A SIEM that was {@link #unconfirmed} answers now. */
    default void confirms() {}
  }
}
