package dev.camelsiem.edge.camel.cef;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.cef.CefMessage;
import dev.camelsiem.flow.cef.CefReader;
import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.BatchResult;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.json.JsonFactories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;

/**
 * Camel's data format {@code cef}: marshals security events (JSON text, maps, batches) to lines
 * that LF separates, and unmarshals lines to a list of maps or {@link CefMessage}s.
 */
public final class CefDataFormat extends EncoderSettings implements DataFormat, DataFormatName {
  private static final ObjectMapper JSON = JsonFactories.mapper();

  private final CefReader reader = new CefReader();
  private boolean failOnInvalid = true;
  private boolean messages;

  @Override
  public String getDataFormatName() {
    return "cef";
  }

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
    BatchResult done = parts.join(List.of(encode(events(exchange, graph))));
    EncodedBatch batch = done.batch();
    report(exchange, done.letters());
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        stream.write('\n');
      }
      stream.write(batch.array(), batch.start(i), batch.end(i) - batch.start(i));
    }
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
    List<DeadLetter> rejected = new ArrayList<>();
    List<Object> read = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (RawEvent line : Bodies.lines(stream.readAllBytes(), "unmarshal", now)) {
      CefReader.Reading reading = reader.read(line.array(), line.from(), line.to());
      Refusal refusal = reading.refusal();
      if (refusal == null) {
        CefMessage message = Objects.requireNonNull(reading.message());
        read.add(messages ? message : message.toMap());
      } else {
        rejected.add(new DeadLetter(line, refusal.reason(), refusal.detail(), "cef"));
      }
    }
    report(exchange, rejected);
    return read;
  }

  private void report(Exchange exchange, List<DeadLetter> rejected) throws CefFormatException {
    if (rejected.isEmpty()) {
      return;
    }
    if (failOnInvalid) {
      throw new CefFormatException(rejected);
    }
    List<DeadLetter> all = new ArrayList<>(DeadLetters.rejected(exchange));
    all.addAll(rejected);
    exchange.setProperty(DeadLetters.REJECTED, all);
  }

  private static List<RawEvent> events(Exchange exchange, Object graph) throws IOException {
    if (graph instanceof RawEvent event) {
      return List.of(event);
    }
    long now = System.currentTimeMillis();
    if (graph instanceof Collection<?> items) {
      List<RawEvent> events = new ArrayList<>();
      for (Object item : items) {
        events.add(item instanceof RawEvent event ? event : single(exchange, item, events.size()));
      }
      return events;
    }
    return EventSplitter.split(bytes(exchange, graph), "marshal", now);
  }

  private static RawEvent single(Exchange exchange, Object item, int before) throws IOException {
    byte[] bytes = bytes(exchange, item);
    long now = System.currentTimeMillis();
    long source = EventId.newSource();
    return new RawEvent(bytes, 0, bytes.length, "marshal", before + 1L, now, source, 0);
  }

  private static byte[] bytes(Exchange exchange, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return JSON.writeValueAsBytes(map);
    }
    try {
      return exchange
          .getContext()
          .getTypeConverter()
          .mandatoryConvertTo(byte[].class, exchange, value);
    } catch (org.apache.camel.NoTypeConversionAvailableException e) {
      throw new IOException(
          "a security event is JSON text or a map, not " + value.getClass().getName(), e);
    }
  }

  /** Whether one bad event fails the exchange (the default) or only leaves SiemRejected behind. */
  public void setFailOnInvalid(boolean failOnInvalid) {
    this.failOnInvalid = failOnInvalid;
  }

  /** {@code map} or {@code message}: what unmarshal makes of a line. */
  public void setUnmarshalTo(String kind) {
    if (!kind.equals("map") && !kind.equals("message")) {
      throw new IllegalArgumentException(
          "option unmarshalTo: expected map or message, found `" + kind + "`");
    }
    messages = kind.equals("message");
  }
}
