package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The section {@code frame} of the CEF test vectors, through what frames on the wire. */
public final class FrameVectors {
  private FrameVectors() {}

  /** One case: messages, how they are framed, and the bytes that must leave. */
  public static void frame(JsonNode vector) {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(64);
    for (String message : strings(vector.path("messages"))) {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length, null);
    }
    String framing = vector.path("framing").asText();
    JsonNode expected = vector.path("expected");
    List<String> written =
        framing.equals("DATAGRAM")
            ? datagrams(builder.build())
            : List.of(stream(builder.build(), Framing.valueOf(framing)));
    if (expected.has("datagrams")) {
      assertThat(written).isEqualTo(strings(expected.path("datagrams")));
    }
    String stream = String.join("", written);
    if (expected.has("stream")) {
      assertThat(stream).isEqualTo(expected.path("stream").asText());
    }
    if (expected.has("counts")) {
      assertThat(counts(stream)).hasToString(strings(expected.path("counts")).toString());
    }
  }

  private static String stream(EncodedBatch batch, Framing framing) {
    ByteBuf frames = new FrameEncoder(framing).frames(batch);
    try {
      return frames.toString(StandardCharsets.UTF_8);
    } finally {
      frames.release();
    }
  }

  /** What a receiver of datagrams gets. */
  private static List<String> datagrams(EncodedBatch batch) {
    List<String> received = new ArrayList<>();
    Heard heard = new Heard();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        UdpTransport transport =
            new UdpTransport(
                Wiring.to(InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort())),
                heard)) {
      socket.setSoTimeout(60_000);
      transport.send(batch, 1);
      byte[] bytes = new byte[WireSettings.LARGEST_DATAGRAM];
      for (int i = 0; i < batch.size(); i++) {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        received.add(new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(heard.lost).hasValue(0);
    return received;
  }

  /** The counts that stand in a stream, each leading to the next. */
  private static List<Integer> counts(String stream) {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    List<Integer> counts = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int count = 0;
      for (; bytes[at] != ' '; at++) {
        count = count * 10 + bytes[at] - '0';
      }
      counts.add(count);
      at += 1 + count;
    }
    assertThat(at).as("the last frame ends with the stream").isEqualTo(bytes.length);
    return counts;
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
