package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A real file whose writes and syncs {@link CrashDisk} hears of. */
final class SpyChannel extends FileChannel {
  private final FileChannel real;
  private final Path file;
  private final CrashDisk.Node node;
  private final CrashDisk disk;

  SpyChannel(FileChannel real, Path file, CrashDisk.Node node, CrashDisk disk) {
    this.real = real;
    this.file = file;
    this.node = node;
    this.disk = disk;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = write(source, real.position());
    real.position(real.position() + written);
    return written;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    int allowed = disk.allowed(source.remaining());
    ByteBuffer part = source.duplicate();
    part.limit(part.position() + allowed);
    int written = real.write(part, position);
    source.position(source.position() + written);
    return written;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.forced(file, node);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.operation();
    if (disk.failTruncate) {
      throw new IOException("truncate fails");
    }
    real.truncate(size);
    return this;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    real.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
