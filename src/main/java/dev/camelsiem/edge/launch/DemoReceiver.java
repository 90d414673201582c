package dev.camelsiem.edge.launch;

import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.MessageSink;
import dev.camelsiem.edge.receiver.Receiver;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;

/**
 * Plays one or several SIEMs for newcomers: prints each message that arrives, exactly as received.
 */
final class DemoReceiver {
  private static final String OFF = "off";

  private final PrintStream out;
  private final PrintStream err;
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  DemoReceiver(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Starts where the property {@code siem.receiver} says: addresses such as {@code
   * tcp://127.0.0.1:5514} separated by commas.
   */
  void start(CamelContext context) {
    String where = Launcher.property(context, "siem.receiver", OFF);
    if (where.equals(OFF)) {
      return;
    }
    for (String address : where.split(",", -1)) {
      if (!address.isBlank()) {
        listen(address.strip());
      }
    }
  }

  private void listen(String address) {
    URI uri = URI.create(address);
    boolean tcp = "tcp".equals(uri.getScheme());
    if ((!tcp && !"udp".equals(uri.getScheme())) || uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException(
          "siem.receiver=" + address + ": expected tcp://HOST:PORT, udp://HOST:PORT or off");
    }
    try {
      receivers.add(
          tcp
              ? Receiver.tcp(uri.getHost(), uri.getPort(), null, Behaviour.NORMAL, new Printer())
              : Receiver.udp(uri.getHost(), uri.getPort(), Behaviour.NORMAL, new Printer()));
      addresses.add(address);
    } catch (IOException e) {
      err.println(
          "siem: no receiver of our own: " + e.getMessage() + "; events go to who listens there");
    }
  }

  void stop() {
    receivers.forEach(Receiver::close);
    receivers.clear();
  }

  /** Where it listens; empty when it does not. */
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** One message a line on standard output, byte for byte. */
  private final class Printer implements MessageSink {
    @Override
    public void message(byte[] bytes, int from, int to) {
      synchronized (out) {
        out.write(bytes, from, to - from);
        out.write('\n');
      }
    }

    @Override
    public void pause() {
      out.flush();
    }
  }
}
