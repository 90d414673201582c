package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.CefOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about lines besides their mapping. */
final class LineOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Keys to send: kcs (default), or extended, which adds those that the mapping marks so.")
  @Nullable String profile;

  @Option(
      names = "--app-name",
      paramLabel = "NAME",
      description = "APP-NAME of a header of RFC 5424; otherwise the mapping's.")
  @Nullable String appName;

  @Option(
      names = "--vendor",
      paramLabel = "TEXT",
      description = "Device Vendor; otherwise the mapping's own.")
  @Nullable String vendor;

  @Option(
      names = "--product",
      paramLabel = "TEXT",
      description = "Device Product; otherwise the mapping's own.")
  @Nullable String product;

  @Option(
      names = "--device-version",
      paramLabel = "TEXT",
      description = "Device Version; otherwise the mapping's own.")
  @Nullable String version;

  @Option(
      names = "--header",
      paramLabel = "FORM",
      description =
          "Syslog header: none, rfc3164 or rfc5424; otherwise the mapping's, rfc3164 where it has none.")
  @Nullable String header;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Host name of the syslog header; otherwise the mapping's, this machine's where it has none.")
  @Nullable String host;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of the syslog header, such as Europe/Berlin; otherwise UTC.")
  @Nullable String zone;

  @Option(
      names = "--pri",
      paramLabel = "FACILITY",
      description =
          "Facility 0..23 of the PRI, or none; otherwise the mapping's, none where it has none.")
  @Nullable String pri;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description =
          "Longest line in bytes; longer ones get values cut. Otherwise the mapping's limit for"
              + " TCP; use 2048 for UDP.")
  int maxBytes;

  @Option(
      names = "--severity",
      paramLabel = "ID=N",
      split = ",",
      description = "Severity 0..10 of an event id or family; the id wins. May be repeated.")
  Map<String, Integer> severities = new LinkedHashMap<>();

  @Option(
      names = "--name",
      paramLabel = "ID=TEXT",
      description = "Name of an event id or family; the id wins. May be repeated.")
  Map<String, String> eventNames = new LinkedHashMap<>();

  /** The settings that were given. */
  CefOptions.Builder builder() {
    CefOptions.Builder options = CefOptions.builder().maxMessageBytes(maxBytes);
    apply(profile, options::profile);
    apply(appName, options::appName);
    apply(vendor, options::vendor);
    apply(product, options::product);
    apply(version, options::version);
    apply(header, options::header);
    apply(host, options::host);
    apply(zone, options::zone);
    apply(pri, options::pri);
    severities.forEach(options::severity);
    eventNames.forEach(options::name);
    return options;
  }

  private interface Setting {
    CefOptions.Builder set(String value);
  }

  private static void apply(@Nullable String value, Setting setting) {
    if (value != null) {
      setting.set(value);
    }
  }
}
