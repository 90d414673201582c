package dev.camelsiem.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs and rights that a row may need and a machine may lack. */
final class Tools {
  private Tools() {}

  static Optional<Path> find(String name) {
    List<Path> folders = new ArrayList<>(List.of(Path.of("/usr/sbin"), Path.of("/sbin")));
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    folders.addAll(Daemons.folders());
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What is missing of a row's needs: program names, or {@code root}; empty when it can run. */
  static List<String> missing(List<String> needs) {
    List<String> missing = new ArrayList<>();
    for (String need : needs) {
      boolean there =
          switch (need) {
            case "root" -> root();
            case "rsyslog" -> Daemons.program(Receiver.Kind.RSYSLOG).isPresent();
            case "relp" -> Daemons.program(Receiver.Kind.RELP).isPresent();
            case "syslog-ng" -> Daemons.program(Receiver.Kind.SYSLOG_NG).isPresent();
            default -> find(need).isPresent();
          };
      if (!there) {
        missing.add(need);
      }
    }
    return missing;
  }
}
