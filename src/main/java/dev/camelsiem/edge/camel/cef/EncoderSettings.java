package dev.camelsiem.edge.camel.cef;

import dev.camelsiem.flow.cef.BatchEncoder;
import dev.camelsiem.flow.cef.CefCounters;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.BatchPart;
import dev.camelsiem.flow.event.BatchParts;
import dev.camelsiem.flow.event.RawEvent;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the data format and the action share: encoders of JSON events. Thread-safe once started: an
 * encoder serves one exchange at a time and then the next.
 */
public abstract class EncoderSettings extends LineSettings {
  final BatchParts parts = new BatchParts();
  private final ConcurrentLinkedQueue<BatchEncoder> idle = new ConcurrentLinkedQueue<>();
  private volatile @Nullable CefEncoding encoding;

  EncoderSettings() {}

  /** Compiles mapping and options, so that mistakes show at start and not with the first event. */
  @Override
  protected void doInit() {
    encoding();
  }

  final BatchPart encode(List<RawEvent> events) {
    BatchEncoder free = idle.poll();
    BatchEncoder encoder = free == null ? new BatchEncoder(encoding()) : free;
    BatchPart part = parts.begin(events.size());
    encoder.encode(events, part.lines(), part.letters()::add);
    idle.add(encoder);
    return part;
  }

  final CefEncoding encoding() {
    CefEncoding ready = encoding;
    return ready == null ? compile() : ready;
  }

  private synchronized CefEncoding compile() {
    CefEncoding ready = encoding;
    if (ready == null) {
      ready = newEncoding(CefMappings.CONTAINER_SECURITY);
      encoding = ready;
    }
    return ready;
  }

  /** What was encoded, shortened, dropped and refused since the start. */
  public CefCounters counters() {
    return encoding().counters();
  }
}
