package dev.camelsiem.edge.camel.cef;

import dev.camelsiem.flow.cef.BatchEncoder;
import dev.camelsiem.flow.cef.CefCounters;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The options that the data format and the action share, and the encoders that are made of them at
 * start. Wrong options are refused when they are set. Thread-safe once started: an encoder serves
 * one exchange at a time and then the next.
 */
public abstract class CefSettingsSupport extends ServiceSupport {
  private final CefOptions.Builder options = CefOptions.builder();
  private final ConcurrentLinkedQueue<BatchEncoder> idle = new ConcurrentLinkedQueue<>();
  private String mapping = CefMappings.CONTAINER_SECURITY;
  private volatile @Nullable CefEncoding encoding;

  CefSettingsSupport() {}

  /** Compiles mapping and options, so that mistakes show at start and not with the first event. */
  @Override
  protected void doInit() {
    encoding();
  }

  final EncodedBatch encode(List<RawEvent> events, Consumer<DeadLetter> rejected) {
    BatchEncoder free = idle.poll();
    BatchEncoder encoder = free == null ? new BatchEncoder(encoding()) : free;
    EncodedBatch batch = encoder.encode(events, rejected);
    idle.add(encoder);
    return batch;
  }

  final CefEncoding encoding() {
    CefEncoding ready = encoding;
    return ready == null ? compile() : ready;
  }

  private synchronized CefEncoding compile() {
    CefEncoding ready = encoding;
    if (ready == null) {
      ready = new CefEncoding(CefMappings.load(mapping), options.build());
      encoding = ready;
    }
    return ready;
  }

  /** What was encoded, shortened, dropped and refused since the start. */
  public CefCounters counters() {
    return encoding().counters();
  }

  final String mapping() {
    return mapping;
  }

  public void setMapping(String location) {
    mapping = location;
  }

  public void setVendor(String vendor) {
    options.vendor(vendor);
  }

  public void setProduct(String product) {
    options.product(product);
  }

  public void setVersion(String version) {
    options.version(version);
  }

  public void setHost(String host) {
    options.host(host);
  }

  public void setZone(String zone) {
    options.zone(zone);
  }

  public void setPri(String pri) {
    options.pri(pri);
  }

  public void setProfile(String profile) {
    options.profile(profile);
  }

  public void setHeader(String header) {
    options.header(header);
  }

  public void setAppName(String appName) {
    options.appName(appName);
  }

  public void setMaxMessageBytes(int bytes) {
    options.maxMessageBytes(bytes);
  }

  public void setSeverityOverrides(String overrides) {
    options.severityOverrides(overrides);
  }
}
