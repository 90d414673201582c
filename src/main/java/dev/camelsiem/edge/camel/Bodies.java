package dev.camelsiem.edge.camel;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;

/**
 * Reads the batch that a message carries, whatever step made it.
 *
 * <p>Our own steps pass {@code List<RawEvent>} and {@link EncodedBatch}. Other people's steps may
 * pass a string, bytes or a stream of lines, or a list of events as strings, bytes or anything that
 * Camel can turn into bytes.
 */
public final class Bodies {
  private static final String UNKNOWN_ORIGIN = "camel";

  private Bodies() {}

  /**
   * The events of a body, blank lines left out. Never null; an empty body is an empty batch.
   *
   * @throws TypeConversionException when an item is of a type that Camel cannot turn into bytes
   */
  public static List<RawEvent> rawEvents(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body == null) {
      return List.of();
    }
    if (body instanceof RawEvent event) {
      return List.of(event);
    }
    String origin = origin(exchange);
    if (body instanceof List<?> items) {
      return fromItems(exchange, items, origin);
    }
    return lines(bytes(exchange, body), origin, System.currentTimeMillis());
  }

  /**
   * The encoded events of a body; anything but an {@link EncodedBatch} is taken as events that are
   * encoded already.
   */
  public static EncodedBatch encoded(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof EncodedBatch batch) {
      return batch;
    }
    List<RawEvent> events = rawEvents(exchange);
    int total = events.stream().mapToInt(event -> event.length() + 1).sum();
    EncodedBatch.Builder builder = new EncodedBatch.Builder(total);
    for (RawEvent event : events) {
      add(builder, event);
    }
    return builder.build();
  }

  /** A line break inside an event would end its frame and begin another: it becomes a blank. */
  private static void add(EncodedBatch.Builder builder, RawEvent event) {
    byte[] room = builder.room(event.length());
    int at = builder.position();
    for (int i = event.from(); i < event.to(); i++) {
      byte b = event.array()[i];
      room[at++] = b == '\n' || b == '\r' ? (byte) ' ' : b;
    }
    builder.from(event.origin());
    builder.endEvent(at, null, event.id());
  }

  /**
   * Cuts bytes into lines that end with LF or CR LF; positions count lines from 1. The lines are a
   * source of their own: the same bytes a second time give other ids.
   */
  public static List<RawEvent> lines(byte[] bytes, String origin, long receivedAt) {
    long source = EventId.newSource();
    List<RawEvent> events = new ArrayList<>();
    long line = 0;
    int end;
    for (int from = 0; from < bytes.length; from = end + 1) {
      end = Lines.end(bytes, from, bytes.length);
      line++;
      int to = Lines.textEnd(bytes, from, end);
      if (!Lines.isBlank(bytes, from, to)) {
        events.add(new RawEvent(bytes, from, to, origin, line, receivedAt, source, 0));
      }
    }
    return events;
  }

  @SuppressWarnings("unchecked") // a list whose items are all raw events, checked
  private static List<RawEvent> fromItems(Exchange exchange, List<?> items, String origin) {
    long now = System.currentTimeMillis();
    List<RawEvent> events = new ArrayList<>(items.size());
    if (items instanceof EncodedBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        events.add(RawEvent.of(batch, i, origin, now));
      }
      return events;
    }
    boolean allRaw = true;
    for (int i = 0; allRaw && i < items.size(); i++) {
      allRaw = items.get(i) instanceof RawEvent;
    }
    if (allRaw) {
      return (List<RawEvent>) items;
    }
    long source = EventId.newSource();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (item instanceof RawEvent event) {
        events.add(event);
      } else {
        byte[] bytes = bytes(exchange, itemBody(item));
        events.add(new RawEvent(bytes, 0, bytes.length, origin, i + 1, now, source, 0));
      }
    }
    return events;
  }

  /** Batching consumers of Camel hand over lists of exchanges or messages. */
  private static Object itemBody(Object item) {
    if (item instanceof Exchange exchange) {
      return exchange.getMessage().getBody();
    }
    return item instanceof Message message ? message.getBody() : item;
  }

  private static byte[] bytes(Exchange exchange, Object body) {
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    if (body instanceof String string) {
      return string.getBytes(StandardCharsets.UTF_8);
    }
    if (body instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    try {
      if (body instanceof InputStream stream) {
        return stream.readAllBytes();
      }
      return exchange
          .getContext()
          .getTypeConverter()
          .mandatoryConvertTo(byte[].class, exchange, body);
    } catch (IOException | NoTypeConversionAvailableException e) {
      throw new TypeConversionException(body, byte[].class, e);
    }
  }

  /** The origin of events of which nothing better is known: the endpoint that they came by. */
  public static String origin(Exchange exchange) {
    return exchange.getFromEndpoint() == null
        ? UNKNOWN_ORIGIN
        : exchange.getFromEndpoint().getEndpointBaseUri();
  }
}
