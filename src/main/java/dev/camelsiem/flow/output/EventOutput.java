package dev.camelsiem.flow.output;

import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.text.Named;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a user can have normalized events become. */
public enum EventOutput {
  /** One flat JSON object each. */
  JSON(""),
  CEF(CefMappings.NORMALIZED),
  LEEF(CefMappings.NORMALIZED_LEEF);

  private static final Logger LOG = LoggerFactory.getLogger(EventOutput.class);

  private final String mapping;

  EventOutput(String mapping) {
    this.mapping = mapping;
  }

  /** Where the mapping is unless the user names another; empty for {@link #JSON}. */
  public String mapping() {
    return mapping;
  }

  /**
   * An encoding as it is, when all of its mappings make what the user asked for. Fields that they
   * name and no normalized event can have are logged.
   *
   * @throws IllegalArgumentException when one makes lines of another format
   */
  public CefEncoding checked(CefEncoding encoding) {
    for (CefMapping each : encoding.mappings()) {
      if (!each.format().word().equals(toString())) {
        throw new IllegalArgumentException(
            "the mapping `%s` makes lines of %s, and the output asked for is %s; ask for %s"
                .formatted(each.name(), each.format(), this, each.format().word()));
      }
      Set<String> never = CefEncoding.notNormalized(each);
      if (!never.isEmpty()) {
        LOG.warn(
            "mapping `{}` names fields that no rule can set, as the taxonomy does not have them: {};"
                + " with `event: {fields: taxonomy}` each is an error with its place",
            each.name(),
            String.join(", ", never));
      }
    }
    return encoding;
  }

  /** The one that a user names, in any case; null when there is none of this name. */
  public static @Nullable EventOutput ofName(String name) {
    return Named.of(EventOutput.class, name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
