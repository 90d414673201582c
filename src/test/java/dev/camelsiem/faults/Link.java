package dev.camelsiem.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two network namespaces of ours with a cable between them that can be cut. Needs root. */
final class Link implements AutoCloseable {
  static final List<String> NEEDS = List.of("root", "ip", "nft", "ss");
  static final String SIEM_ADDRESS = "10.231.0.2";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private String ourAddress = "10.231.0.1";
  private final String ours;
  private final String siems;

  Link() throws IOException {
    String id = "sf" + ProcessHandle.current().pid() % 100_000 + "x" + COUNT.incrementAndGet();
    ours = id + "a";
    siems = id + "b";
    try {
      Proc.run("ip", "netns", "add", ours);
      Proc.run("ip", "netns", "add", siems);
      Proc.run(
          "ip", "-n", ours, "link", "add", "cable", "type", "veth", "peer", "cable", "netns",
          siems);
      up(ours, ourAddress);
      up(siems, SIEM_ADDRESS);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static void up(String space, String address) throws IOException {
    Proc.run("ip", "-n", space, "addr", "add", address + "/24", "dev", "cable");
    Proc.run("ip", "-n", space, "link", "set", "cable", "up");
    Proc.run("ip", "-n", space, "link", "set", "lo", "up");
  }

  List<String> ourSide() {
    return List.of("ip", "netns", "exec", ours);
  }

  List<String> siemSide() {
    return List.of("ip", "netns", "exec", siems);
  }

  /** Packets vanish in both directions, without a word. */
  void cut() throws IOException {
    nft("add table inet cut");
    nft("add chain inet cut in { type filter hook input priority 0; }");
    nft("add chain inet cut out { type filter hook output priority 0; }");
    nft("add rule inet cut in iifname cable drop");
    nft("add rule inet cut out oifname cable drop");
  }

  /** What comes to the SIEM is answered with a reset. */
  void reset() throws IOException {
    inSiem("nft", "add table inet cut");
    inSiem("nft", "add chain inet cut in { type filter hook input priority 0; }");
    inSiem("nft", "add rule inet cut in meta l4proto tcp reject with tcp reset");
  }

  void mend() throws IOException {
    nft("add table inet cut");
    nft("delete table inet cut");
    inSiem("nft", "add table inet cut");
    inSiem("nft", "delete table inet cut");
  }

  /**
   * After a cut: what our kernel still holds of old connections never leaves, as after a power
   * loss. Our side has another address from now on.
   */
  void weRestart() throws IOException {
    Proc.run("ip", "-n", ours, "addr", "del", ourAddress + "/24", "dev", "cable");
    ourAddress = "10.231.0." + (10 + COUNT.incrementAndGet() % 200);
    up(ours, ourAddress);
  }

  /** After a cut and a kill: the SIEM's kernel forgets its connections; it answers with resets. */
  void siemRestarts() throws IOException {
    Proc.run("ip", "-n", siems, "addr", "del", SIEM_ADDRESS + "/24", "dev", "cable");
    up(siems, SIEM_ADDRESS);
  }

  /** The local ports of connections that our process has, whatever their state. */
  List<String> connections(Proc process) throws IOException {
    String all = Proc.run("ip", "netns", "exec", ours, "ss", "-Htnp");
    return all.lines()
        .filter(line -> line.contains("pid=" + process.pid() + ","))
        .filter(line -> !line.startsWith("SYN-SENT"))
        .map(line -> line.strip().split("\\s+", -1)[3])
        .toList();
  }

  private void nft(String command) throws IOException {
    Proc.run("ip", "netns", "exec", ours, "nft", command);
  }

  private void inSiem(String... command) throws IOException {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 4, command.length);
    System.arraycopy(siemSide().toArray(), 0, all, 0, 4);
    Proc.run(all);
  }

  @Override
  public void close() throws IOException {
    String there = Proc.run("ip", "netns", "list");
    for (String space : List.of(ours, siems)) {
      if (there.contains(space)) {
        Proc.run("ip", "netns", "del", space);
      }
    }
  }
}
