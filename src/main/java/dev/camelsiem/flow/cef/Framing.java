package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.event.EncodedBatch;

/** How messages are told apart on a stream (kcs-cef 1.4). */
public enum Framing {
  /** Each message and one LF, the last one too (RFC 6587 3.4.2). */
  LF {
    @Override
    int overhead(int length) {
      return 1;
    }

    @Override
    public int frame(byte[] source, int from, int to, byte[] target, int at) {
      int end = copy(source, from, to, target, at);
      target[end] = '\n';
      return end + 1;
    }
  },
  /** Length in bytes, a blank, the message (RFC 6587 3.4.1). */
  OCTET_COUNT {
    @Override
    int overhead(int length) {
      return digits(length) + 1;
    }

    @Override
    public int frame(byte[] source, int from, int to, byte[] target, int at) {
      int length = to - from;
      int digits = digits(length);
      int rest = length;
      for (int i = at + digits - 1; i >= at; i--) {
        target[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      target[at + digits] = ' ';
      return copy(source, from, to, target, at + digits + 1);
    }
  },
  /** The bare message: one datagram each (RFC 5426). */
  DATAGRAM {
    @Override
    int overhead(int length) {
      return 0;
    }

    @Override
    public int frame(byte[] source, int from, int to, byte[] target, int at) {
      return copy(source, from, to, target, at);
    }
  };

  /** Bytes that the frame adds to a message of a length. */
  abstract int overhead(int length);

  /** Writes a framed message into a target with room for it; returns where it ends. */
  public abstract int frame(byte[] source, int from, int to, byte[] target, int at);

  /** Bytes of a message of a length with its frame. */
  public int framedLength(int length) {
    return length + overhead(length);
  }

  /** All events of a batch, framed one behind the other. */
  public byte[] stream(EncodedBatch batch) {
    int total = 0;
    for (int i = 0; i < batch.size(); i++) {
      total += framedLength(batch.end(i) - batch.start(i));
    }
    byte[] stream = new byte[total];
    int at = 0;
    for (int i = 0; i < batch.size(); i++) {
      at = frame(batch.array(), batch.start(i), batch.end(i), stream, at);
    }
    return stream;
  }

  private static int copy(byte[] source, int from, int to, byte[] target, int at) {
    System.arraycopy(source, from, target, at, to - from);
    return at + to - from;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
