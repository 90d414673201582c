package dev.camelsiem.edge.camel.syslog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.delivery.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The section {@code frame} of the CEF test vectors, through the handlers that frame on the wire.
 */
public final class FrameVectors {
  private static final int LARGEST_DATAGRAM = 65507;

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
        written(
            framing.equals("DATAGRAM")
                ? new DatagramEncoder(LARGEST_DATAGRAM, new NothingLost())
                : new FrameEncoder(Framing.valueOf(framing)),
            builder.build());
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

  private static List<String> written(ChannelHandler encoder, EncodedBatch batch) {
    EmbeddedChannel channel = new EmbeddedChannel(encoder);
    assertThat(channel.writeOutbound(batch)).isTrue();
    List<String> written = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      written.add(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }
    return written;
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

  /** Fails when a datagram is lost on the way. */
  private static final class NothingLost implements Transport.Listener {
    @Override
    public void connected() {
      // Nothing to check: there is no connection.
    }

    @Override
    public void disconnected(boolean orderly, String why) {
      throw new AssertionError(why);
    }

    @Override
    public void lost(int events, String why) {
      throw new AssertionError(events + " lost: " + why);
    }
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
