package dev.camelsiem.edge.camel.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip, counting: a bomb ends at a limit and not in memory. */
final class Gunzip {
  private static final int STEP = 64 * 1024;

  private Gunzip() {}

  static byte[] unpack(byte[] packed, HttpLimits limits) throws HttpRefusal {
    long most = Math.max(HttpLimits.RATIO_FREE_BYTES, (long) packed.length * limits.ratio());
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.max(STEP, packed.length * 4));
    byte[] step = new byte[STEP];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), STEP)) {
      for (int count = in.read(step); count >= 0; count = in.read(step)) {
        if (unpacked.size() + count > limits.unpackedBytes()) {
          throw new HttpRefusal(
              413, "the body is over %d bytes once unpacked".formatted(limits.unpackedBytes()));
        }
        if (unpacked.size() + count > most) {
          throw new HttpRefusal(
              413, "the body unpacks to over %d times its size".formatted(limits.ratio()));
        }
        unpacked.write(step, 0, count);
      }
      return unpacked.toByteArray();
    } catch (EOFException e) {
      throw new HttpRefusal(400, "the gzip body is cut off");
    } catch (IOException e) {
      throw new HttpRefusal(400, "the body is not gzip, though Content-Encoding says so");
    }
  }
}
