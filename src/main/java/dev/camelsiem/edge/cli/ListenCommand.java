package dev.camelsiem.edge.cli;

import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.MessageSink;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.tls.ServerTls;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siem listen}: a syslog receiver that plays a SIEM, a well-behaved or a bad one. */
@Command(
    name = "listen",
    description = {
      "Receives syslog and prints each message exactly as it came, without its frame.",
      "Line feeds and octet counts are told apart by themselves. Ctrl-C or --max ends it."
    })
public final class ListenCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  Port port = new Port();

  static final class Port {
    @Option(names = "--tcp", paramLabel = "PORT", description = "TCP port; 0 for any free one.")
    @Nullable Integer tcp;

    @Option(names = "--udp", paramLabel = "PORT", description = "UDP port; 0 for any free one.")
    @Nullable Integer udp;
  }

  @Option(
      names = "--host",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.",
      defaultValue = "127.0.0.1")
  String host;

  @Option(names = "--tls", description = "TLS on the TCP port; needs --certificate and --key.")
  boolean tls;

  @Option(names = "--certificate", paramLabel = "FILE", description = "PEM certificate chain.")
  @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "PEM PKCS#8 key.")
  @Nullable Path key;

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description = "PEM certificates that must have signed the client's certificate.")
  @Nullable Path clientCa;

  @Option(names = "--slow", paramLabel = "N", description = "Reads at most N messages a second.")
  long slow;

  @Option(names = "--refuse", description = "Resets each connection at once.")
  boolean refuse;

  @Option(names = "--stall", description = "Accepts connections and reads nothing.")
  boolean stall;

  @Option(
      names = "--close-after",
      paramLabel = "N",
      description = "Closes a connection after N messages.")
  long closeAfter;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints no messages, only what the end has to tell.")
  boolean quiet;

  @Option(names = "--count-only", description = "Prints only the number of messages at the end.")
  boolean countOnly;

  @Option(names = "--max", paramLabel = "N", description = "Ends after N messages.")
  long max;

  /** Raw bytes go straight to standard output: a writer would change what is not valid UTF-8. */
  private final OutputStream messages = new BufferedOutputStream(System.out, 1 << 16);

  private final CountDownLatch end = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    Behaviour behaviour = new Behaviour(refuse, stall, slow, closeAfter);
    PrintWriter err = spec.commandLine().getErr();
    try (Receiver receiver = open(behaviour)) {
      if (!countOnly) {
        err.println(
            "listening on "
                + (port.udp != null ? "udp " : tls ? "tls " : "tcp ")
                + host
                + ":"
                + receiver.port());
      }
      Thread hook = new Thread(() -> report(receiver));
      Runtime.getRuntime().addShutdownHook(hook);
      end.await();
      Runtime.getRuntime().removeShutdownHook(hook);
      report(receiver);
      return ExitCode.CLEAN;
    } catch (IOException | IllegalArgumentException e) {
      err.println("siem: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private Receiver open(Behaviour behaviour) throws IOException {
    if (port.udp != null) {
      if (tls) {
        throw new CommandLine.ParameterException(spec.commandLine(), "--tls needs --tcp");
      }
      return Receiver.udp(host, port.udp, behaviour, new Printer());
    }
    if (tls && (certificate == null || key == null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--tls needs --certificate and --key");
    }
    return Receiver.tcp(
        host,
        port.tcp == null ? 0 : port.tcp,
        tls && certificate != null && key != null ? serverTls(certificate, key) : null,
        behaviour,
        new Printer());
  }

  private ServerTls serverTls(Path chain, Path privateKey) {
    ServerTls server = new ServerTls();
    server.setCertificate(chain.toString());
    server.setPrivateKey(privateKey.toString());
    if (clientCa != null) {
      server.setTrustedCertificates(clientCa.toString());
      server.setClientAuth("need");
    }
    return server;
  }

  private void report(Receiver receiver) {
    flush();
    PrintWriter out = countOnly ? spec.commandLine().getOut() : spec.commandLine().getErr();
    if (countOnly) {
      out.println(receiver.messages());
    } else {
      long drops = receiver.kernelDrops();
      out.println(
          receiver.messages()
              + " messages, "
              + receiver.bytes()
              + " bytes"
              + (port.udp == null ? ", " + receiver.connections() + " connections" : "")
              + (drops > 0 ? ", " + drops + " datagrams dropped by the system" : ""));
    }
    out.flush();
  }

  private void flush() {
    try {
      messages.flush();
    } catch (IOException e) {
      end.countDown(); // nobody reads what we print any more
    }
  }

  /** Prints messages, one a line; several connections take turns. */
  private final class Printer implements MessageSink {
    private final AtomicLong count = new AtomicLong();

    @Override
    public synchronized void message(byte[] bytes, int from, int to) {
      long number = count.incrementAndGet();
      if (max > 0 && number > max) {
        return;
      }
      if (!quiet && !countOnly) {
        try {
          messages.write(bytes, from, to - from);
          messages.write('\n');
        } catch (IOException e) {
          end.countDown();
        }
      }
      if (number == max) {
        end.countDown();
      }
    }

    @Override
    public synchronized void pause() {
      flush();
    }
  }
}
