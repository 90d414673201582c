package dev.camelsiem.delivery.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** A RELP receiver: answers each event with what a function says. */
final class RelpPeer implements Peer.Script {
  final List<String> events = new CopyOnWriteArrayList<>();
  private final IntFunction<String> answer;

  /**
   * @param answer to the n-th event, from 1, such as {@code 200 OK}; null for none
   */
  RelpPeer(IntFunction<String> answer) {
    this.answer = answer;
  }

  @Override
  public void serve(Peer peer, Socket connection, int number) throws Exception {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    while (true) {
      String transaction = word(in);
      if (transaction.isEmpty()) {
        return;
      }
      String command = word(in);
      int length = Integer.parseInt(word(in));
      String data = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      if (length > 0 || command.equals("close")) {
        in.read(); // the line feed
      }
      String said = "200 OK";
      if (command.equals("syslog")) {
        events.add(data);
        said = answer.apply(events.size());
      } else if (command.equals("open")) {
        said = "200 OK\nrelp_version=0\nrelp_software=test\ncommands=syslog";
      }
      if (said != null) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        String head = transaction + " rsp " + bytes.length + " ";
        connection.getOutputStream().write((head + said + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Up to the next blank or line feed. */
  private static String word(InputStream in) throws IOException {
    StringBuilder word = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != ' ' && b != '\n'; b = in.read()) {
      word.append((char) b);
    }
    return word.toString();
  }
}
