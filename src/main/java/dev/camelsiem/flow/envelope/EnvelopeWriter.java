package dev.camelsiem.flow.envelope;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import org.jspecify.annotations.Nullable;

/**
 * Writes the envelope of an event that was not normalized, as collectors store it (xp-language
 * 7.6): one line of JSON that {@link Envelope#open} reads back. Not thread-safe.
 */
public final class EnvelopeWriter {
  private final ByteOutput out = new ByteOutput(1024);

  /** Appends the envelope to a batch. */
  public void write(Envelope envelope, @Nullable EventId id, EncodedBatch.Builder batch) {
    Reception reception = envelope.reception();
    out.clear();
    out.putAscii("{\"body\":");
    JsonWriter.string(out, envelope.array(), envelope.from(), envelope.to());
    member("mime", envelope.format().mime());
    out.putAscii(",\"normalized\":false,\"type\":\"raw\"");
    member("recv_ipv4", reception.recvIpv4());
    member("recv_ipv6", reception.recvIpv6());
    member("recv_host", reception.recvHost());
    out.putAscii(",\"recv_time\":");
    JsonOutput.value(out, new DateTime(reception.receivedAt(), 0));
    member("tag", reception.tag());
    member("input_id", reception.inputId());
    member("task_id", reception.taskId());
    member("uuid", reception.uuid());
    out.put('}');
    batch.addLine(out.array(), 0, out.length(), null, id);
  }

  private void member(String name, @Nullable String value) {
    if (value != null) {
      out.putAscii(",\"" + name + "\":");
      JsonWriter.string(out, Text.of(value));
    }
  }
}
