package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * First step of {@code siem-http-source}: who sends, what is sent, how much; then the body, cut
 * into events. A request that is refused goes no further. Thread-safe once started.
 *
 * <p>Credentials come first and the body last: a stranger's is never read. All that the client has
 * said in headers and query parameters is taken off before the next step.
 */
public final class HttpIntake extends ServiceSupport implements Processor, CamelContextAware {
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

  private String path = "/events";
  private Accepts accepts = Accepts.events;
  private @Nullable String username;
  private @Nullable String password;
  private @Nullable String credentialsFile;
  private int maxBodyBytes = 10 << 20;
  private int maxUnpackedBytes = 50 << 20;
  private int maxRatio = 100;
  private int maxEventBytes = 256 * 1024;
  private int maxEvents = 100_000;
  private long readTimeout = 60_000;
  private long maxInFlightBytes = 128L << 20;
  private String retryAfter = "5";
  private String deadLetters = "kamelet:siem-deadletter-sink";

  private boolean allowAnonymous;

  private @Nullable CamelContext context;
  private volatile @Nullable Started started;

  /** What is made of the options at start. */
  private record Started(
      Credentials credentials, HttpLimits limits, InFlight inFlight, DeadLetters keeper) {}

  @Override
  protected void doInit() {
    started =
        new Started(
            Credentials.of(username, password, credentialsFile),
            new HttpLimits(
                maxBodyBytes, maxUnpackedBytes, maxRatio, maxEventBytes, maxEvents, readTimeout),
            new InFlight(maxInFlightBytes),
            new DeadLetters(deadLetters));
  }

  /** Nobody's events are taken from the network unless that was said in so many words. */
  @Override
  protected void doStart() {
    Started ready = started;
    CamelContext camel = context;
    if (ready == null || camel == null || ready.credentials().areRequired() || allowAnonymous) {
      return;
    }
    String host = OpenServer.host(camel);
    if (host != null) {
      throw new IllegalStateException(
          ("siem-http-source: the server listens on %s and anybody may send; set username and"
                  + " password, or camel.server.host=127.0.0.1, or allowAnonymous=true")
              .formatted(host));
    }
  }

  @Override
  protected void doStop() {
    Started ready = started;
    if (ready != null) {
      ServiceHelper.stopService(ready.keeper());
    }
  }

  @Override
  public void process(Exchange exchange) {
    HttpRequest request = request(exchange.getMessage());
    try {
      take(exchange, request);
    } catch (HttpRefusal refusal) {
      request.discard();
      HttpReply.refuse(exchange, refusal);
      exchange.setRouteStop(true);
    }
  }

  private void take(Exchange exchange, HttpRequest request) throws HttpRefusal {
    Started ready = started;
    if (ready == null) {
      throw new IllegalStateException("siem-http-source was not started");
    }
    checkSender(request, ready.credentials());
    checkPath(request);
    checkType(request.header("content-type"));
    boolean gzip = isGzip(request.header("content-encoding"));
    checkLength(request.header("content-length"), ready.limits());

    byte[] body = request.read(ready.limits());
    reserve(exchange, ready.inFlight(), body.length);
    if (gzip) {
      body = Gunzip.unpack(body, ready.limits());
      reserve(exchange, ready.inFlight(), body.length);
    }
    EventSplitter split =
        new EventSplitter(
                body, accepts, ready.limits(), request.origin(), System.currentTimeMillis())
            .split();
    passOn(exchange, split, ready.keeper());
  }

  private void passOn(Exchange exchange, EventSplitter split, DeadLetters keeper) {
    List<DeadLetter> rejected = split.rejected();
    int received = split.events().size() + rejected.size();
    if (split.events().isEmpty()) {
      HttpReply.report(exchange, 400, received, rejected);
      exchange.setRouteStop(true);
      return;
    }
    String route = String.valueOf(ExchangeHelper.getAtRouteId(exchange));
    exchange
        .getExchangeExtension()
        .addOnCompletion(new HttpAnswer(route, received, rejected, keeper, retryAfter));
    exchange.removeProperty(Exchange.CHARSET_NAME);
    exchange.setPattern(ExchangePattern.InOnly); // the answer is ours, not that of a later step
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setBody(split.events());
  }

  private static HttpRequest request(Message message) {
    Object body = message.getBody();
    return body instanceof HttpServerRequest request
        ? new VertxRequest(request)
        : new MessageRequest(message);
  }

  private static void checkSender(HttpRequest request, Credentials credentials) throws HttpRefusal {
    if (!credentials.allow(request.header("authorization"))) {
      throw new HttpRefusal(
          401,
          "name and password are missing or wrong",
          Map.of("WWW-Authenticate", "Basic realm=\"camel-siem\", charset=\"UTF-8\""));
    }
  }

  private void checkPath(HttpRequest request) throws HttpRefusal {
    String asked = request.path();
    if (!asked.endsWith(path) && !asked.endsWith(path + "/")) {
      throw new HttpRefusal(404, "events go to " + path);
    }
  }

  private static void checkType(@Nullable String contentType) throws HttpRefusal {
    if (contentType == null) {
      return;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!TYPES.contains(parts[0].strip())) {
      throw new HttpRefusal(
          415, "send application/json or application/x-ndjson, not " + parts[0].strip());
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

  private static boolean isGzip(@Nullable String encoding) throws HttpRefusal {
    String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (coding.equals("gzip") || coding.equals("x-gzip")) {
      return true;
    }
    if (!coding.equals("identity") && !coding.isEmpty()) {
      throw new HttpRefusal(
          415, "only gzip is unpacked", Map.of("Accept-Encoding", "gzip, identity"));
    }
    return false;
  }

  private static void checkLength(@Nullable String length, HttpLimits limits) throws HttpRefusal {
    if (length != null && (length.length() > 18 || parse(length) > limits.bodyBytes())) {
      throw new HttpRefusal(413, "the body is over %d bytes".formatted(limits.bodyBytes()));
    }
  }

  private static long parse(String length) throws HttpRefusal {
    try {
      return Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      throw new HttpRefusal(400, "Content-Length is no number");
    }
  }

  private void reserve(Exchange exchange, InFlight inFlight, int bytes) throws HttpRefusal {
    if (!inFlight.take(bytes)) {
      throw HttpRefusal.unavailable(retryAfter);
    }
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                inFlight.giveBack(bytes);
              }
            });
  }

  public void setPath(String path) {
    this.path = path;
  }

  public void setAccepts(Accepts accepts) {
    this.accepts = accepts;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public void setCredentialsFile(String credentialsFile) {
    this.credentialsFile = credentialsFile;
  }

  public void setMaxBodyBytes(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  public void setMaxUnpackedBytes(int maxUnpackedBytes) {
    this.maxUnpackedBytes = maxUnpackedBytes;
  }

  public void setMaxRatio(int maxRatio) {
    this.maxRatio = maxRatio;
  }

  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  public void setMaxEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  public void setReadTimeout(long readTimeout) {
    this.readTimeout = readTimeout;
  }

  public void setMaxInFlightBytes(long maxInFlightBytes) {
    this.maxInFlightBytes = maxInFlightBytes;
  }

  public void setDeadLetters(String deadLetters) {
    this.deadLetters = deadLetters;
  }

  public void setAllowAnonymous(boolean allowAnonymous) {
    this.allowAnonymous = allowAnonymous;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(@Nullable CamelContext context) {
    this.context = context;
  }

  public void setRetryAfter(int retryAfter) {
    this.retryAfter = String.valueOf(retryAfter);
  }
}
