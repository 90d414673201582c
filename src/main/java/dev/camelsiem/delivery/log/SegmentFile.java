package dev.camelsiem.delivery.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Reads a segment's file. Sectors that the disk cannot read are given as zeros, so that no checksum
 * fits and the rest can still be read.
 */
final class SegmentFile implements Closeable {
  private static final int CHUNK = 128 << 10; // keeps the JDK's own buffers small
  private static final int SECTOR = 4096;

  private final FileChannel channel;

  SegmentFile(Disk disk, Path file) throws IOException {
    channel = disk.open(file, READ);
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Reads up to {@code length} bytes; fewer only at the file's end. */
  int read(long offset, byte[] target, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int got = readChunk(offset + done, target, from + done, Math.min(CHUNK, length - done));
      if (got <= 0) {
        break;
      }
      done += got;
    }
    return done;
  }

  private int readChunk(long offset, byte[] target, int from, int length) throws IOException {
    try {
      return channel.read(ByteBuffer.wrap(target, from, length), offset);
    } catch (ClosedChannelException e) {
      throw e; // not the disk's fault
    } catch (IOException e) {
      return readSector(offset, target, from, length, e);
    }
  }

  private int readSector(long offset, byte[] target, int from, int length, IOException cause)
      throws IOException {
    if (offset >= channel.size()) {
      throw cause;
    }
    int part = Math.min(length, SECTOR - (int) (offset % SECTOR));
    try {
      return channel.read(ByteBuffer.wrap(target, from, part), offset);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      java.util.Arrays.fill(target, from, from + part, (byte) 0);
      return part;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
