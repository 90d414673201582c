package dev.camelsiem.integration.spool;

import dev.camelsiem.flow.event.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record: marker, payload length, CRC32C of the payload, payload. The payload is the
 * number of events, then length and bytes of each; all numbers are big-endian ints.
 */
final class SpoolRecord {
  static final int MARKER = 0x53_49_45_4d; // "SIEM"
  static final int HEADER = 12;

  /** A longer payload is damage: batches are bounded far below. */
  static final int LONGEST = 64 << 20;

  private SpoolRecord() {}

  /** Bytes that the record of a batch takes. */
  static int size(EncodedBatch batch) {
    return HEADER + 4 + 4 * batch.size() + batch.totalBytes();
  }

  /** The whole record, ready to be written. */
  static ByteBuffer encode(EncodedBatch batch) {
    ByteBuffer record = ByteBuffer.allocate(size(batch));
    record.position(HEADER);
    record.putInt(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      int length = batch.end(i) - batch.start(i);
      record.putInt(length).put(batch.array(), batch.start(i), length);
    }
    int payload = record.position() - HEADER;
    record.putInt(0, MARKER).putInt(4, payload);
    record.putInt(8, checksum(record.array(), HEADER, payload));
    return record.flip();
  }

  /** The batch in a payload, or null when its lengths do not add up. */
  static @Nullable EncodedBatch decode(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    if (in.remaining() < 4) {
      return null;
    }
    int events = in.getInt();
    EncodedBatch.Builder batch = new EncodedBatch.Builder(payload.length);
    for (int i = 0; i < events; i++) {
      if (in.remaining() < 4) {
        return null;
      }
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        return null;
      }
      batch.add(payload, in.position(), in.position() + length, null);
      in.position(in.position() + length);
    }
    return in.hasRemaining() ? null : batch.build();
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
