package dev.camelsiem.edge.camel.cef;

import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The options of everything in Camel that writes lines by a mapping. Wrong ones are refused when
 * they are set.
 */
public abstract class LineSettings extends ServiceSupport {
  private final CefOptions.Builder options = CefOptions.builder();
  private @Nullable String mapping;
  private @Nullable String firstSet;

  /**
   * Mappings and options, compiled.
   *
   * @param standard where the mapping is unless the user has named another
   */
  protected final CefEncoding newEncoding(String standard) {
    return new CefEncoding(CefMappings.loadAll(mapping(standard)), options.build());
  }

  /** The mapping that the user has named, or the standard one. */
  protected final String mapping(String standard) {
    return mapping == null ? standard : mapping;
  }

  /** The first of these options that the user has set, or null when there is none. */
  protected final @Nullable String firstSet() {
    return firstSet;
  }

  private CefOptions.Builder set(String option) {
    firstSet = firstSet == null ? option : firstSet;
    return options;
  }

  /** Mappings, separated by commas: files or {@code classpath:...}. */
  public void setMapping(String locations) {
    set("mapping");
    mapping = locations;
  }

  public void setVendor(String vendor) {
    set("vendor").vendor(vendor);
  }

  public void setProduct(String product) {
    set("product").product(product);
  }

  public void setVersion(String version) {
    set("version").version(version);
  }

  public void setHost(String host) {
    set("host").host(host);
  }

  public void setZone(String zone) {
    set("zone").zone(zone);
  }

  public void setPri(String pri) {
    set("pri").pri(pri);
  }

  public void setProfile(String profile) {
    set("profile").profile(profile);
  }

  public void setHeader(String header) {
    set("header").header(header);
  }

  public void setAppName(String appName) {
    set("appName").appName(appName);
  }

  public void setMaxMessageBytes(int bytes) {
    set("maxMessageBytes").maxMessageBytes(bytes);
  }

  public void setSeverityOverrides(String overrides) {
    set("severityOverrides").severityOverrides(overrides);
  }
}
