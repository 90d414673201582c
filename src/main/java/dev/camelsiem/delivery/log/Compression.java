package dev.camelsiem.delivery.log;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How a section stands in a record: its plain length, or 0 when it is stored as it is, then its
 * bytes, LZ4 unless that gains nothing. Security events repeat themselves: a quarter of the bytes
 * is a quarter of what has to be synced. Thread-safe.
 */
final class Compression {
  static final int PREFIX = 4;

  /** LZ4 cannot do better, so a longer claim is damage and nothing is allocated for it. */
  private static final int BEST_RATIO = 255;

  /** Larger ones are not kept for the next use. */
  private static final int KEPT_BYTES = 2 << 20;

  private static final ConcurrentLinkedQueue<Packer> IDLE = new ConcurrentLinkedQueue<>();

  private static final class Packer {
    final Lz4Compressor compressor = new Lz4Compressor();
    byte[] room = new byte[0];
  }

  private Compression() {}

  /** A section as it is stored. */
  static byte[] pack(byte[] plain) {
    Packer packer = IDLE.poll();
    if (packer == null) {
      packer = new Packer();
    }
    int most = packer.compressor.maxCompressedLength(plain.length) + PREFIX;
    byte[] room = packer.room.length >= most ? packer.room : new byte[most];
    int packed =
        packer.compressor.compress(plain, 0, plain.length, room, PREFIX, room.length - PREFIX);
    byte[] stored;
    if (packed < plain.length) {
      ByteBuffer.wrap(room).putInt(0, plain.length);
      stored = Arrays.copyOf(room, PREFIX + packed);
    } else {
      stored = new byte[PREFIX + plain.length];
      System.arraycopy(plain, 0, stored, PREFIX, plain.length);
    }
    packer.room = room.length <= KEPT_BYTES ? room : new byte[0];
    IDLE.offer(packer);
    return stored;
  }

  /** How many bytes a section claims to have when it is unpacked; not more than it can have. */
  static long plainLength(byte[] bytes, int from, int to) {
    int stored = to - from - PREFIX;
    if (stored < 0) {
      return 0;
    }
    int claimed = ByteBuffer.wrap(bytes).getInt(from);
    return Math.max(0, Math.min(claimed, (long) stored * BEST_RATIO));
  }

  /** The plain section in a stretch of bytes. */
  static byte[] unpack(byte[] bytes, int from, int to) throws DamagedException {
    int stored = to - from - PREFIX;
    if (stored < 0) {
      throw new DamagedException("section of " + (to - from) + " bytes");
    }
    int plain = ByteBuffer.wrap(bytes).getInt(from);
    if (plain == 0) {
      return Arrays.copyOfRange(bytes, from + PREFIX, to);
    }
    if (plain < 0 || plain > RecordHeader.MAX_RECORD || plain / BEST_RATIO > stored) {
      throw new DamagedException("section that claims " + plain + " bytes");
    }
    byte[] section = new byte[plain];
    try {
      int done = new Lz4Decompressor().decompress(bytes, from + PREFIX, stored, section, 0, plain);
      if (done != plain) {
        throw new DamagedException("section of " + done + " bytes instead of " + plain);
      }
    } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DamagedException("section that cannot be unpacked: " + e.getMessage());
    }
    return section;
  }
}
