package dev.camelsiem.edge.receiver;

/** Gets what a {@link Receiver} receives; called by several threads. */
public interface MessageSink {
  /** One message in {@code bytes[from, to)} without its frame; the array is reused afterwards. */
  void message(byte[] bytes, int from, int to);

  /** The end of a connection came before the end of the message. */
  default void unfinished(byte[] bytes, int from, int to) {
    message(bytes, from, to);
  }

  /** Everything that has arrived so far was handed over; a good moment to flush. */
  default void pause() {}
}
