package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.TextSource;
import dev.camelsiem.flow.cef.mapping.HeaderForm;
import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.Refusal;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Named;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one encoder besides its mapping. Immutable; made by {@link Builder}, which refuses
 * what cannot work with an {@link IllegalArgumentException} that names the option.
 */
public final class CefOptions {
  /** {@link #facility} when no PRI is sent. */
  public static final int NO_PRI = -1;

  /** local0: RFC 5424 cannot do without a PRI. */
  private static final int DEFAULT_FACILITY = 16;

  private static final String DEFAULT_APP_NAME = "kcs";
  private static final int SMALLEST_MESSAGE = 480;
  private static final int LARGEST_MESSAGE = 1 << 20;

  private final @Nullable String vendor;
  private final @Nullable String product;
  private final @Nullable String version;
  private final @Nullable String host;
  private final ZoneId zone;
  private final @Nullable Integer facility;
  private final boolean extended;
  private final boolean eventId;
  private final @Nullable HeaderForm header;
  private final @Nullable String appName;
  private final int maxMessageBytes;
  private final boolean datagrams;
  private final Map<String, String> names;
  private final Map<String, Integer> severityOverrides;

  private CefOptions(Builder builder) {
    vendor = builder.vendor;
    product = builder.product;
    version = builder.version;
    host = builder.host;
    zone = builder.zone;
    header = builder.header;
    facility = builder.facility;
    extended = builder.extended;
    eventId = builder.eventId == null ? extended : builder.eventId;
    appName = builder.appName;
    maxMessageBytes = builder.maxMessageBytes;
    datagrams = builder.datagrams;
    names = Map.copyOf(builder.names);
    severityOverrides = Map.copyOf(builder.severityOverrides);
  }

  public static Builder builder() {
    return new Builder();
  }

  TextSource vendor(CefMapping mapping) {
    return vendor == null ? mapping.header().vendor() : TextSource.constant(vendor);
  }

  TextSource product(CefMapping mapping) {
    return product == null ? mapping.header().product() : TextSource.constant(product);
  }

  TextSource version(CefMapping mapping) {
    return version == null ? mapping.header().version() : TextSource.constant(version);
  }

  /** The sender of all lines, unless the mapping takes it from each event: then this machine. */
  TextSource host(CefMapping mapping) {
    TextSource mapped = mapping.syslog().host();
    return host != null || mapped == null
        ? TextSource.constant(host == null ? localHost() : host)
        : mapped;
  }

  TextSource appName(CefMapping mapping) {
    TextSource mapped = mapping.syslog().appName();
    return appName != null || mapped == null
        ? TextSource.constant(appName == null ? DEFAULT_APP_NAME : appName)
        : mapped;
  }

  public ZoneId zone() {
    return zone;
  }

  /**
   * PRI of a line, or {@link #NO_PRI}.
   *
   * @param severity of CEF
   */
  int priority(CefMapping mapping, int severity) {
    HeaderForm form = header(mapping);
    Integer mapped = mapping.syslog().priority();
    boolean own = facility != null || mapped == null;
    int chosen = own ? (facility == null ? NO_PRI : facility) : mapped;
    if (form == HeaderForm.NONE || (chosen == NO_PRI && form != HeaderForm.RFC5424)) {
      return NO_PRI;
    }
    if (!own && chosen != NO_PRI) {
      return chosen;
    }
    int known = chosen == NO_PRI ? DEFAULT_FACILITY : chosen;
    return known * 8 + SyslogSeverity.of(severity);
  }

  /** The field that gives the PRI of a line where it can; null when the options have one. */
  @Nullable String priorityField(CefMapping mapping) {
    return facility == null ? mapping.syslog().priorityField() : null;
  }

  public boolean extended() {
    return extended;
  }

  /** Whether {@code externalId} is the event's id, unless the event gives that key a value. */
  public boolean eventId() {
    return eventId;
  }

  HeaderForm header(CefMapping mapping) {
    HeaderForm mapped = mapping.syslog().header();
    return header != null ? header : mapped == null ? HeaderForm.RFC3164 : mapped;
  }

  int maxMessageBytes(CefMapping mapping) {
    return maxMessageBytes == 0 ? mapping.limits().bytes(datagrams) : maxMessageBytes;
  }

  Map<String, String> names() {
    return names;
  }

  Map<String, Integer> severityOverrides() {
    return severityOverrides;
  }

  /** The settings as a start-up line shows them. */
  String describe(CefMapping mapping) {
    TextSource sender = host(mapping);
    return "header="
        + header(mapping).name().toLowerCase(java.util.Locale.ROOT)
        + " host="
        + (sender.isConstant()
            ? sender.otherwise()
            : "{" + String.join(", ", sender.fields()) + "}")
        + " zone="
        + zone
        + " pri="
        + pri(mapping)
        + " profile="
        + (extended ? "extended" : "kcs")
        + " eventId="
        + eventId
        + " maxMessageBytes="
        + (maxMessageBytes == 0 ? "mapping's" : maxMessageBytes)
        + (severityOverrides.isEmpty() ? "" : " severityOverrides=" + severityOverrides)
        + (names.isEmpty() ? "" : " names=" + names);
  }

  private String pri(CefMapping mapping) {
    int lowest = priority(mapping, 0);
    boolean mapped = facility == null && mapping.syslog().priority() != null;
    String field = priorityField(mapping);
    if (field != null) {
      return "{" + field + "}";
    }
    return lowest == NO_PRI ? "none" : mapped ? "<" + lowest + ">" : Integer.toString(lowest / 8);
  }

  /** The bare name of this machine, as RFC 3164 wants it. */
  private static String localHost() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      int dot = name.indexOf('.');
      boolean address = !name.isEmpty() && Ascii.isDigit(name.charAt(0));
      String bare = dot > 0 && !address ? name.substring(0, dot) : name;
      return isToken(bare) ? bare : "localhost";
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without a name still has events
    }
  }

  /** True for one word of printable ASCII. */
  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /** Collects settings; every method takes what a user wrote and checks it at once. */
  public static final class Builder {
    private @Nullable String vendor;
    private @Nullable String product;
    private @Nullable String version;
    private @Nullable String host;
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable Integer facility;
    private boolean extended;
    private @Nullable Boolean eventId;
    private @Nullable HeaderForm header;
    private @Nullable String appName;
    private int maxMessageBytes;
    private boolean datagrams;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Integer> severityOverrides = new LinkedHashMap<>();

    private Builder() {}

    public Builder vendor(String text) {
      vendor = headerField("vendor", text, HeaderLimits.VENDOR);
      return this;
    }

    public Builder product(String text) {
      product = headerField("product", text, HeaderLimits.PRODUCT);
      return this;
    }

    public Builder version(String text) {
      version = headerField("version", text, HeaderLimits.VERSION);
      return this;
    }

    /** Host name of the syslog header: one word, sent as it is. */
    public Builder host(String text) {
      if (!isToken(text) || text.length() > HeaderLimits.HOST) {
        throw refuse("host", text, "one word of printable ASCII, at most 255 characters");
      }
      host = text;
      return this;
    }

    /** Zone of the header's time, such as {@code UTC} or {@code Europe/Berlin}. */
    public Builder zone(String text) {
      try {
        zone = ZoneId.of(text);
      } catch (DateTimeException e) {
        throw refuse("zone", text, "a time zone such as UTC, +03:00 or Europe/Berlin");
      }
      return this;
    }

    /** {@code none}, or a facility 0..23. */
    public Builder pri(String text) {
      facility = text.equalsIgnoreCase("none") ? NO_PRI : number("pri", text, 0, 23, " or none");
      return this;
    }

    /** {@code kcs} or {@code extended}. */
    public Builder profile(String text) {
      extended = text.equalsIgnoreCase("extended");
      if (!extended && !text.equalsIgnoreCase("kcs")) {
        throw refuse("profile", text, "kcs or extended");
      }
      return this;
    }

    /** See {@link CefOptions#eventId}; unless set, on in the profile {@code extended} only. */
    public Builder eventId(boolean sent) {
      eventId = sent;
      return this;
    }

    /** {@code none}, {@code rfc3164} or {@code rfc5424}. */
    public Builder header(String text) {
      header = Named.of(HeaderForm.class, text);
      if (header == null) {
        throw refuse("header", text, "none, rfc3164 or rfc5424");
      }
      return this;
    }

    /** APP-NAME of the RFC 5424 header. */
    public Builder appName(String text) {
      if (!isToken(text) || text.length() > HeaderLimits.APP_NAME) {
        throw refuse("appName", text, "one word of printable ASCII, at most 48 characters");
      }
      appName = text;
      return this;
    }

    /** Longest line in bytes; 0 takes the mapping's limit, see {@link #datagrams}. */
    public Builder maxMessageBytes(int bytes) {
      if (bytes != 0 && (bytes < SMALLEST_MESSAGE || bytes > LARGEST_MESSAGE)) {
        throw refuse(
            "maxMessageBytes", bytes, SMALLEST_MESSAGE + ".." + LARGEST_MESSAGE + ", or 0");
      }
      maxMessageBytes = bytes;
      return this;
    }

    /** Whether each line is a datagram: then the mapping's limit for UDP counts, else for TCP. */
    public Builder datagrams(boolean each) {
      datagrams = each;
      return this;
    }

    /** The Name of a family or of one event id. */
    public Builder name(String familyOrId, String text) {
      names.put(familyOrId, headerField("names", text, HeaderLimits.NAME));
      return this;
    }

    /** The severity of a family or of one event id, which wins over the family. */
    public Builder severity(String familyOrId, int severity) {
      if (severity < 0 || severity > 10) {
        throw refuse("severityOverrides", familyOrId + "=" + severity, "severities 0..10");
      }
      severityOverrides.put(familyOrId, severity);
      return this;
    }

    /** Overrides as {@code API-001=0,AG=10}. */
    public Builder severityOverrides(String text) {
      for (String pair : pairs(text)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw refuse("severityOverrides", pair, "pairs such as API-001=0,AG=10");
        }
        String number = pair.substring(equals + 1).strip();
        severity(pair.substring(0, equals).strip(), number("severityOverrides", number, 0, 10, ""));
      }
      return this;
    }

    public CefOptions build() {
      return new CefOptions(this);
    }

    private static String[] pairs(String text) {
      return text.isBlank() ? new String[0] : text.split(",", -1);
    }

    private static int number(String option, String text, int min, int max, String or) {
      try {
        int number = Integer.parseInt(text);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw refuse(option, text, min + ".." + max + or);
      }
      throw refuse(option, text, min + ".." + max + or);
    }

    private static String headerField(String option, String text, int limit) {
      if (text.isBlank() || text.codePointCount(0, text.length()) > limit) {
        throw refuse(option, text, "1.." + limit + " characters");
      }
      if (text.endsWith("\\")) {
        throw refuse(option, text, "text that does not end in a backslash");
      }
      return text;
    }

    private static IllegalArgumentException refuse(String option, Object value, String expected) {
      return new IllegalArgumentException(
          "option "
              + option
              + ": expected "
              + expected
              + ", found "
              + Refusal.quoted(String.valueOf(value)));
    }
  }
}
