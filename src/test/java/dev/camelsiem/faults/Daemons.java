package dev.camelsiem.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Syslog daemons as receivers, each told to write what it has read before it reads on. They are
 * found on the path or in the folder that {@code .ci/fault-tools} unpacks them to.
 */
final class Daemons {
  private static final Path UNPACKED =
      Path.of(System.getProperty("user.home"), ".cache", "camel-siem", "fault-tools");

  private Daemons() {}

  /** The program of a kind, or empty when it is not on this machine. */
  static Optional<Path> program(Receiver.Kind kind) {
    return switch (kind) {
      case OURS -> Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
      case RSYSLOG -> Tools.find("rsyslogd").filter(program -> module(program, "imtcp"));
      case RELP -> Tools.find("rsyslogd").filter(program -> module(program, "imrelp"));
      case SYSLOG_NG -> Tools.find("syslog-ng");
    };
  }

  /** Folders with programs that are not on the path. */
  static List<Path> folders() {
    return List.of(UNPACKED.resolve("usr/sbin"), UNPACKED.resolve("usr/bin"));
  }

  static List<String> command(
      Receiver.Kind kind, Path folder, String name, Path out, String address, int port)
      throws IOException {
    Path program = program(kind).orElseThrow();
    Path config = folder.resolve(name + ".conf");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (kind == Receiver.Kind.SYSLOG_NG) {
      Files.writeString(config, syslogNg(out, address, port));
      command.addAll(List.of("-F", "--no-caps", "-f", config.toString()));
      command.addAll(List.of("-R", folder.resolve(name + ".persist").toString()));
      command.addAll(List.of("-p", folder.resolve(name + ".pid").toString()));
      command.addAll(List.of("-c", folder.resolve(name + ".ctl").toString()));
      return command;
    }
    Files.writeString(config, rsyslog(kind, folder, out, address, port));
    command.addAll(List.of("-n", "-f", config.toString(), "-i", "NONE"));
    modules(program).ifPresent(path -> command.addAll(List.of("-M", path.toString())));
    return command;
  }

  /** A direct queue: what was read is in the file before more is read. */
  private static String rsyslog(
      Receiver.Kind kind, Path folder, Path out, String address, int port) {
    String input = kind == Receiver.Kind.RELP ? "imrelp" : "imtcp";
    // Without a file for it, imtcp takes port 0 for 514.
    String portFile = kind == Receiver.Kind.RELP ? "" : " listenPortFileName=\"port\"";
    return """
        global(workDirectory="%s" maxMessageSize="64k")
        main_queue(queue.type="Direct")
        module(load="%s")
        template(name="raw" type="string" string="%%rawmsg%%\\n")
        input(type="%s" address="%s" port="%d"%s)
        action(type="omfile" file="%s" template="raw" asyncWriting="off" flushOnTXEnd="on")
        """
        .formatted(folder, input, input, address, port, portFile, out);
  }

  private static String syslogNg(Path out, String address, int port) {
    return """
        @version: 3.38
        options { threaded(no); flush-lines(1); stats-freq(0); create-dirs(no); };
        source s { network(ip("%s") port(%d) transport("tcp") flags(no-parse) max-connections(100)
            log-msg-size(65536) so-reuseport(no)); };
        destination d { file("%s" template("$MSG\\n") flush-lines(1)); };
        log { source(s); destination(d); flags(flow-control); };
        """
        .formatted(address, port, out);
  }

  private static boolean module(Path program, String name) {
    Path folder =
        modules(program).orElse(Path.of("/usr/lib/" + architecture() + "-linux-gnu/rsyslog"));
    return Files.exists(folder.resolve(name + ".so"));
  }

  /** Modules beside an unpacked program; empty for one that is installed. */
  private static Optional<Path> modules(Path program) {
    if (!program.startsWith(UNPACKED)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(UNPACKED.resolve("usr/lib"))) {
      return folders.map(each -> each.resolve("rsyslog")).filter(Files::isDirectory).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
