package dev.camelsiem.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A hosts file that only one process sees, and that changes under it. Needs root. */
final class Hosts {
  static final List<String> NEEDS = List.of("root", "unshare", "mount");
  private final Path file;

  Hosts(Path folder) throws IOException {
    file = folder.resolve("hosts");
    say("");
  }

  /** Its lines from now on; the file stays the same file. */
  void say(String lines) throws IOException {
    Files.writeString(file, "127.0.0.1 localhost\n" + lines + "\n");
  }

  List<String> prefix() {
    return List.of(
        "unshare",
        "-m",
        "sh",
        "-c",
        "mount --bind \"$0\" /etc/hosts && exec \"$@\"",
        file.toString());
  }
}
