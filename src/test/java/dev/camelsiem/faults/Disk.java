package dev.camelsiem.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A file system of its own: a tmpfs that can be full, or ext4 in a file whose power can fail. */
final class Disk implements AutoCloseable {
  static final List<String> NEEDS = List.of("root", "mount", "mkfs.ext4");

  private final Path base;
  private final Path mount;
  private boolean mounted;
  private boolean baseMounted;
  private int images;

  private Disk(Path folder) throws IOException {
    base = Files.createDirectories(folder.resolve("disk"));
    mount = folder.resolve("mount");
    Files.createDirectories(mount);
  }

  /** A small disk in memory. */
  static Disk small(Path folder, int megabytes) throws IOException {
    Disk disk = new Disk(folder);
    Proc.run(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", disk.mount.toString());
    disk.mounted = true;
    return disk;
  }

  /**
   * An ext4 disk whose device is a file in memory: a copy of that file is what a power loss leaves.
   * The journal is not written by time, so that what nobody synced is not there.
   */
  static Disk ext4(Path folder, int megabytes) throws IOException {
    Disk disk = new Disk(folder);
    try {
      Proc.run("mount", "-t", "tmpfs", "tmpfs", disk.base.toString());
      disk.baseMounted = true;
      Proc.run("truncate", "-s", megabytes + "M", disk.image().toString());
      Proc.run("mkfs.ext4", "-q", disk.image().toString());
      disk.mount();
    } catch (IOException e) {
      disk.close();
      throw e;
    }
    return disk;
  }

  private Path image() {
    return base.resolve("image" + images);
  }

  private void mount() throws IOException {
    Proc.run("mount", "-o", "loop,commit=300", image().toString(), mount.toString());
    mounted = true;
  }

  Path path() {
    return mount;
  }

  /** The power fails now; what the disk has then comes back with {@link #powerOn}. */
  void powerOff() throws IOException {
    Path before = image();
    images++;
    Proc.run("cp", "--sparse=always", before.toString(), image().toString());
  }

  /** After all that used the disk is dead. */
  void powerOn() throws IOException {
    unmount(mount);
    mounted = false;
    Files.delete(base.resolve("image" + (images - 1)));
    mount();
  }

  /** Takes all room that is left. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream ballast = Files.newOutputStream(mount.resolve("ballast"))) {
      while (true) {
        ballast.write(block);
      }
    } catch (IOException full) {
      if (Files.getFileStore(mount).getUsableSpace() > block.length) {
        throw full;
      }
    }
  }

  void free() throws IOException {
    Files.delete(mount.resolve("ballast"));
  }

  @Override
  public void close() {
    if (mounted) {
      unmount(mount);
      mounted = false;
    }
    if (baseMounted) {
      unmount(base);
      baseMounted = false;
    }
  }

  /** The kernel gives the image back a moment after the disk on it was unmounted. */
  private static void unmount(Path path) {
    await("umount " + path)
        .atMost(Duration.ofMinutes(1))
        .ignoreException(IOException.class)
        .until(() -> isUnmounted(path));
  }

  private static boolean isUnmounted(Path path) throws IOException {
    Proc.run("umount", path.toString());
    return true;
  }
}
