package dev.camelsiem.flow.syslog;

/** Takes what a {@link FrameReader} finds, in the order of the stream. */
public interface Frames {
  /** A whole frame without its line end; not empty unless {@link #isExact}. */
  void frame(byte[] bytes, int from, int to);

  /** The first bytes of a frame over the limit; the reader has gone on to the next frame. */
  void oversized(byte[] firstBytes, long length);

  /**
   * What could not be cut into frames: nobody knows where the next one begins, so the reader takes
   * no more bytes.
   */
  void broken(byte[] firstBytes, String why);

  /** The first of the bytes that {@link FrameReader#giveUp} threw away. */
  void givenUp(byte[] firstBytes, long length);

  /**
   * True when it wants frames exactly as they were framed: also empty ones, and the line ends that
   * were counted.
   */
  default boolean isExact() {
    return false;
  }

  /** True when it wants no more for now; the rest waits for {@link FrameReader#cut}. */
  default boolean isFull() {
    return false;
  }
}
