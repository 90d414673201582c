package dev.camelsiem.edge.camel.http;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952, also of several members) in two passes: the first only counts, so that a
 * bomb costs no memory and the second knows how much to reserve. For one body.
 */
final class Gunzip {
  private static final int STEP = 64 * 1024;
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int MOST_MEMBERS = 1000;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final byte[] packed;
  private final int length;
  private final HttpLimits limits;
  private int at;

  /**
   * @param length how many bytes of {@code packed} count
   */
  Gunzip(byte[] packed, int length, HttpLimits limits) {
    this.packed = packed;
    this.length = length;
    this.limits = limits;
  }

  /**
   * Counts what would come out, and checks all of it.
   *
   * @throws HttpRefusal when that is too much, or the body is no gzip or cut off
   */
  int size() throws HttpRefusal {
    return run(new byte[STEP], false);
  }

  /**
   * Unpacks.
   *
   * @param unpacked one byte longer than {@link #size}, so that the end is seen
   */
  void into(byte[] unpacked) throws HttpRefusal {
    int unused = run(unpacked, true); // the size is known
  }

  private int run(byte[] out, boolean keep) throws HttpRefusal {
    at = 0;
    int total = 0;
    Inflater inflater = new Inflater(true);
    try {
      for (int members = 0; members == 0 || at < length; members++) {
        if (members == MOST_MEMBERS) {
          throw new HttpRefusal(400, "the gzip body has over %d members".formatted(MOST_MEMBERS));
        }
        header();
        inflater.reset();
        inflater.setInput(packed, at, length - at);
        total += member(inflater, out, keep, total);
        at = length - inflater.getRemaining() + TRAILER;
      }
      return total;
    } catch (DataFormatException e) {
      throw notGzip();
    } finally {
      inflater.end();
    }
  }

  /** Returns the bytes of one member, whose trailer follows. */
  private int member(Inflater inflater, byte[] out, boolean keep, int before)
      throws DataFormatException, HttpRefusal {
    CRC32 crc = new CRC32();
    int total = 0;
    while (!inflater.finished()) {
      int from = keep ? before + total : 0;
      int count = inflater.inflate(out, from, Math.min(STEP, out.length - from));
      if (count == 0 && !inflater.finished()) {
        throw inflater.needsDictionary() ? notGzip() : cutOff();
      }
      crc.update(out, from, count);
      total += count;
      checkSize((long) before + total);
    }
    int trailer = length - inflater.getRemaining();
    if (length - trailer < TRAILER) {
      throw cutOff();
    }
    if (number(trailer) != (int) crc.getValue() || number(trailer + 4) != total) {
      throw new HttpRefusal(400, "the gzip body is damaged: its check sum is wrong");
    }
    return total;
  }

  private void checkSize(long unpacked) throws HttpRefusal {
    if (unpacked > limits.unpackedBytes()) {
      throw new HttpRefusal(
          413, "the body is over %d bytes once unpacked".formatted(limits.unpackedBytes()));
    }
    if (unpacked > HttpLimits.RATIO_FREE_BYTES && unpacked > (long) length * limits.ratio()) {
      throw new HttpRefusal(
          413, "the body unpacks to over %d times its size".formatted(limits.ratio()));
    }
  }

  private void header() throws HttpRefusal {
    if (at < length && packed[at] != 0x1f) {
      throw at == 0 ? notGzip() : new HttpRefusal(400, "something follows the gzip body");
    }
    if (length - at < HEADER) {
      throw cutOff();
    }
    int flags = packed[at + 3];
    if (packed[at + 1] != (byte) 0x8b || packed[at + 2] != 8 || (flags & RESERVED) != 0) {
      throw notGzip();
    }
    int begin = at;
    at += HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      skip(2);
      skip((packed[at - 2] & 0xff) | (packed[at - 1] & 0xff) << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CRC) != 0) {
      CRC32 crc = new CRC32();
      crc.update(packed, begin, at - begin);
      skip(2);
      if (((packed[at - 2] & 0xff) | (packed[at - 1] & 0xff) << 8) != (crc.getValue() & 0xffff)) {
        throw new HttpRefusal(400, "the gzip body is damaged: its header's check sum is wrong");
      }
    }
  }

  private void skip(int count) throws HttpRefusal {
    if (length - at < count) {
      throw cutOff();
    }
    at += count;
  }

  private void skipText() throws HttpRefusal {
    while (at < length && packed[at] != 0) {
      at++;
    }
    skip(1);
  }

  private int number(int from) {
    return (packed[from] & 0xff)
        | (packed[from + 1] & 0xff) << 8
        | (packed[from + 2] & 0xff) << 16
        | (packed[from + 3] & 0xff) << 24;
  }

  private static HttpRefusal cutOff() {
    return new HttpRefusal(400, "the gzip body is cut off");
  }

  private static HttpRefusal notGzip() {
    return new HttpRefusal(400, "the body is not gzip, though Content-Encoding says so");
  }
}
