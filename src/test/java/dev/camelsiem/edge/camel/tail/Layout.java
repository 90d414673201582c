package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a log may stand and by which links it may be reached. */
enum Layout {
  PLAIN("app.log", "app.log"),
  GLOB("app.log", "app.log*"),
  LINK("data/real.log", "current.log"),
  LINK_TO_FOLDER_ELSEWHERE("a/b/c/0.log", "links/*.log"),
  KUBERNETES("pods/ns_pod_uid/box/0.log", "containers/*.log"),
  KUBERNETES_ON_DOCKER("docker/id/id-json.log", "containers/*.log");

  private final String real;
  private final String pattern;

  Layout(String real, String pattern) {
    this.real = real;
    this.pattern = pattern;
  }

  void use(TailRig rig) throws IOException {
    rig.configuration.setPaths(rig.folder + "/" + pattern);
    rig.configuration.setFollowLinksOutside(true);
    Files.createDirectories(real(rig).getParent());
    linkTo(rig, real(rig));
  }

  /** The file itself. */
  Path real(TailRig rig) {
    return rig.folder.resolve(real);
  }

  /** Lets the names that are tailed lead to a file. */
  void linkTo(TailRig rig, Path target) throws IOException {
    switch (this) {
      case PLAIN, GLOB -> {}
      case LINK -> link(rig.folder.resolve("current.log"), target);
      case LINK_TO_FOLDER_ELSEWHERE -> link(rig.folder.resolve("links/x.log"), target);
      case KUBERNETES -> link(rig.folder.resolve("containers/x.log"), target);
      case KUBERNETES_ON_DOCKER -> {
        Path pod = rig.folder.resolve("pods/ns_pod_uid/box/0.log");
        link(pod, target);
        link(rig.folder.resolve("containers/x.log"), pod);
      }
    }
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    Path fresh = link.resolveSibling("fresh");
    Files.createSymbolicLink(fresh, target);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void append(TailRig rig, String text) throws IOException {
    Files.writeString(real(rig), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Renames the file to itself with something behind its name. */
  void rotate(TailRig rig, String suffix) throws IOException {
    Path file = real(rig);
    Files.move(file, file.resolveSibling(file.getFileName() + suffix));
  }

  /** Shifts numbers as logrotate does: what is 1 becomes 2. */
  void shift(TailRig rig, int highest) throws IOException {
    for (int i = highest; i >= 1; i--) {
      Path file = real(rig);
      Path numbered = file.resolveSibling(file.getFileName() + "." + i);
      if (Files.exists(numbered)) {
        Files.move(numbered, file.resolveSibling(file.getFileName() + "." + (i + 1)));
      }
    }
    rotate(rig, ".1");
  }
}
