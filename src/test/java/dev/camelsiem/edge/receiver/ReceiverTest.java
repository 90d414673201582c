package dev.camelsiem.edge.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private final Collected collected = new Collected();

  @Test
  void bothFramingsAreToldApartWhateverTheCuts() throws IOException {
    List<String> messages = List.of("Feb 18 one", "", "Иван=1", "x".repeat(200_000), "last");
    StringBuilder lines = new StringBuilder();
    StringBuilder counted = new StringBuilder();
    for (String message : messages) {
      lines.append(message).append('\n');
      counted.append(message.getBytes(StandardCharsets.UTF_8).length).append(' ').append(message);
    }
    Random random = new Random(7);
    for (String stream : List.of(lines.toString(), counted.toString())) {
      Collected received = new Collected();
      try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, received);
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
        OutputStream out = socket.getOutputStream();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
          int length = Math.min(bytes.length - at, 1 + random.nextInt(5_000));
          out.write(bytes, at, length);
          out.flush();
          at += length;
        }
        await().until(() -> received.count() == messages.size());
        assertThat(received.messages()).isEqualTo(messages);
      }
    }
  }

  @Test
  void aMessageWithoutItsEndIsHandedOverAsUnfinished() throws IOException {
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, collected)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
        socket.getOutputStream().write("whole\nhal".getBytes(StandardCharsets.UTF_8));
      }
      await().until(() -> !collected.unfinished().isEmpty());
      assertThat(collected.messages()).containsExactly("whole");
      assertThat(collected.unfinished()).containsExactly("hal");
      assertThat(receiver.messages()).isEqualTo(1);
      assertThat(receiver.bytes()).isEqualTo(5);
    }
  }

  @Test
  void aConnectionIsClosedAfterSoManyMessages() throws IOException {
    Behaviour closing = new Behaviour(false, false, 0, 2);
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, closing, collected);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      socket.getOutputStream().write("a\nb\n".getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(receiver.messages()).isEqualTo(2);
    }
  }

  /** Who prints messages flushes then, and does not sit on them for seconds. */
  @Test
  void aSlowReaderPausesBehindEachMessage() throws IOException {
    List<String> calls = new CopyOnWriteArrayList<>();
    MessageSink sink =
        new MessageSink() {
          @Override
          public void message(byte[] bytes, int from, int to) {
            calls.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void pause() {
            calls.add("pause");
          }
        };
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.slow(1_000), sink);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      socket.getOutputStream().write("a\nb\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> calls.contains("b"));
      assertThat(calls).startsWith("a", "pause");
    }
  }

  @Test
  void refusedConnectionsAreReset() throws IOException {
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.REFUSING, collected);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void garbageInsteadOfACountEndsTheConnection() throws IOException {
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, collected);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      socket.getOutputStream().write("99999999999 x".getBytes(StandardCharsets.UTF_8));
      assertThat(endOf(socket)).isTrue();
      assertThat(receiver.messages()).isZero();
    }
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, collected)) {
      assertThatThrownBy(
              () -> Receiver.tcp("127.0.0.1", receiver.port(), null, Behaviour.NORMAL, collected))
          .hasMessageContaining("cannot listen on tcp 127.0.0.1:" + receiver.port());
    }
  }

  /** The other side has ended the connection, in order or not. */
  private static boolean endOf(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
