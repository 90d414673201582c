package dev.camelsiem.edge.camel.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a head must be before any of its body is read: who sends, from where, to what, how much.
 * Credentials come first, whatever the path.
 */
final class HeadCheck {
  private static final Set<String> TYPES =
      Set.of(
          "application/json",
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/json-seq",
          "application/octet-stream",
          "application/x-www-form-urlencoded", // what curl says when nobody told it better
          "text/plain",
          "text/json");

  private static final Map<String, String> ASK =
      Map.of("WWW-Authenticate", "Basic realm=\"camel-siem\", charset=\"UTF-8\"");

  private HeadCheck() {}

  /** A head that may be followed by its body. */
  record Accepted(Site site, boolean gzip, boolean wantsContinue) {}

  static Accepted check(HttpServer server, HttpRequest head) throws HttpRefusal {
    checkDecoded(head);
    String path = path(head.uri());
    Site site = server.site(path);
    HttpHeaders headers = head.headers();
    checkSender(server, site, only(headers, "Authorization"));
    checkHost(head, site);
    if (site == null) {
      throw new HttpRefusal(404, "events do not go there: " + paths(server));
    }
    if (!head.method().equals(HttpMethod.POST)) {
      throw new HttpRefusal(405, "send events by POST", Map.of("Allow", "POST"));
    }
    if (!site.way().isOpen()) {
      throw HttpRefusal.unavailable(site.retryAfter());
    }
    checkType(only(headers, "Content-Type"));
    boolean gzip = isGzip(headers.getAll(HttpHeaderNames.CONTENT_ENCODING));
    checkLength(headers.get(HttpHeaderNames.CONTENT_LENGTH), site.limits());
    return new Accepted(site, gzip, wantsContinue(headers.get(HttpHeaderNames.EXPECT)));
  }

  private static void checkDecoded(HttpRequest head) throws HttpRefusal {
    Throwable cause = head.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      throw new HttpRefusal(414, "the request line is too long");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      throw new HttpRefusal(431, "the head is too long");
    }
    if (cause != null) {
      throw new HttpRefusal(400, "the head is not HTTP");
    }
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new HttpRefusal(505, "HTTP/1.1 is spoken here");
    }
  }

  /** The path of a target, which may be a whole address. */
  private static String path(String target) {
    int begin = Math.max(0, pathBegin(target));
    int end = begin;
    while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
      end++;
    }
    return target.substring(begin, end);
  }

  private static int pathBegin(String target) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    if (scheme < 0) {
      return 0;
    }
    int slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? target.length() : slash;
  }

  private static @Nullable String authority(String target) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    return scheme < 0 ? null : target.substring(scheme + 3, pathBegin(target));
  }

  /** On a path that leads nowhere, anybody of this server's counts. */
  private static void checkSender(
      HttpServer server, @Nullable Site site, @Nullable String authorization) throws HttpRefusal {
    boolean allowed =
        site != null
            ? site.credentials().allow(authorization)
            : server.sites().stream().anyMatch(each -> each.credentials().allow(authorization));
    if (!allowed) {
      throw new HttpRefusal(401, "name and password are missing or wrong", ASK);
    }
  }

  private static void checkHost(HttpRequest head, @Nullable Site site) throws HttpRefusal {
    HttpHeaders headers = head.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    boolean mayLack = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (hosts.size() > 1 || (hosts.isEmpty() && !mayLack)) {
      throw new HttpRefusal(400, "a request has one Host");
    }
    if (site != null) {
      String host = hosts.isEmpty() ? null : hosts.get(0).strip();
      String origin = only(headers, "Origin");
      String fetchSite = only(headers, "Sec-Fetch-Site");
      site.hosts().check(host, origin, fetchSite);
      String authority = authority(head.uri());
      if (authority != null) {
        site.hosts().check(authority, origin, fetchSite);
      }
    }
  }

  /** All values of a header as one, so that a second one hides nothing. */
  private static @Nullable String only(HttpHeaders headers, String name) {
    List<String> values = headers.getAll(name);
    return values.isEmpty() ? null : String.join(",", values).strip();
  }

  private static String paths(HttpServer server) {
    return server.sites().stream().map(Site::path).sorted().toList().toString();
  }

  private static void checkType(@Nullable String contentType) throws HttpRefusal {
    if (contentType == null) {
      return;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!TYPES.contains(parts[0].strip())) {
      throw new HttpRefusal(415, "send application/json, application/x-ndjson or text/plain");
    }
    for (String part : parts) {
      String parameter = part.strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !isUtf8(parameter.substring("charset=".length()))) {
        throw new HttpRefusal(415, "send UTF-8");
      }
    }
  }

  private static boolean isUtf8(String charset) {
    return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
  }

  private static boolean isGzip(List<String> encodings) throws HttpRefusal {
    String coding = String.join(",", encodings).strip().toLowerCase(Locale.ROOT);
    if (coding.equals("gzip") || coding.equals("x-gzip")) {
      return true;
    }
    if (!coding.equals("identity") && !coding.isEmpty()) {
      throw new HttpRefusal(
          415, "only gzip is unpacked", Map.of("Accept-Encoding", "gzip, identity"));
    }
    return false;
  }

  /** The decoder has checked that it is a number. */
  private static void checkLength(@Nullable String length, HttpLimits limits) throws HttpRefusal {
    if (length != null && (length.length() > 18 || parse(length) > limits.bodyBytes())) {
      throw tooLarge(limits);
    }
  }

  static HttpRefusal tooLarge(HttpLimits limits) {
    return new HttpRefusal(413, "the body is over %d bytes".formatted(limits.bodyBytes()));
  }

  private static long parse(String length) throws HttpRefusal {
    try {
      return Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      throw new HttpRefusal(400, "Content-Length is no number");
    }
  }

  private static boolean wantsContinue(@Nullable String expect) throws HttpRefusal {
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      throw new HttpRefusal(417, "only 100-continue can be expected");
    }
    return expect != null;
  }
}
