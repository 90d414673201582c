package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelet siem-http-source, over real sockets. */
@Tag("camel")
class HttpSourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "{\"id\":\"ADM-001\"}";

  @TempDir Path folder;
  private final Main main = new Main();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<RawEvent> taken = Collections.synchronizedList(new ArrayList<>());
  private final List<Map<String, Object>> headers = Collections.synchronizedList(new ArrayList<>());
  private Processor step = exchange -> {};
  private String host = "127.0.0.1";
  private int port;

  @AfterEach
  void stop() {
    main.stop();
  }

  @Test
  void takesLinesAndNamesTheBadOnes() throws Exception {
    start("");
    HttpResponse<String> answer =
        post(GOOD + "\r\n\n{\"id\":\n[1]\n{\"a\":1}{\"b\":2}\n" + GOOD + "\n");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode report = JSON.readTree(answer.body());
    assertThat(report.path("received").asInt()).isEqualTo(5);
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("rejected").findValuesAsText("line")).containsExactly("3", "4", "5");
    assertThat(report.path("rejected").findValuesAsText("reason")).containsOnly("malformed");
    assertThat(report.path("rejected").get(1).path("detail").asText())
        .isEqualTo("not a JSON object but an array");
    assertThat(taken).extracting(RawEvent::toString).containsExactly(GOOD, GOOD);
    assertThat(taken).extracting(RawEvent::position).containsExactly(1L, 6L);
    assertThat(taken.get(0).origin()).startsWith("http://127.0.0.1:");
    assertThat(letters()).hasSize(3);
    assertThat(letters().get(0)).contains("\"raw\":\"{\\\"id\\\":\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"id\":1}|1",
        "\ufeff{\"id\":1}|1",
        "[{\"id\":1},{\"id\":\"[]{\\\"\"} , {}]|1,2,3",
        "[ ]|",
        "{@ \"id\": 1@}@{@ \"id\": 2@}|1,4",
        "{\"id\":1}@@  {\"id\":2}@|1,3",
      })
  void takesObjectsHoweverTheyAreLaidOut(String body, String positions) throws Exception {
    start("");
    HttpResponse<String> answer = post(body.replace('@', '\n'));
    assertThat(answer.statusCode()).isEqualTo(positions == null ? 400 : 202);
    assertThat(taken.stream().map(event -> String.valueOf(event.position())).toList())
        .isEqualTo(positions == null ? List.of() : List.of(positions.split(",")));
  }

  @Test
  void theGoodElementsOfABrokenArrayAreTaken() throws Exception {
    start("");
    String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
    JsonNode report = JSON.readTree(post("[" + GOOD + ",{\"a\" 1}," + deep + "," + GOOD).body());
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("rejected").findValuesAsText("line")).containsExactly("2", "3", "5");
    assertThat(report.path("rejected").findValuesAsText("reason"))
        .containsExactly("malformed", "limit_exceeded", "malformed");
  }

  @Test
  void laterStepsRejectToo() throws Exception {
    step =
        exchange -> {
          List<?> events = exchange.getMessage().getBody(List.class);
          RawEvent second = (RawEvent) events.get(1);
          new DeadLetters("mock:letters")
              .send(
                  exchange, List.of(new DeadLetter(second, StopReason.MISSING_ID, "no id", "cef")));
        };
    start("");
    HttpResponse<String> answer = post("nonsense\n" + GOOD + "\n{}\n");
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode report = JSON.readTree(answer.body());
    assertThat(report.path("received").asInt()).isEqualTo(3);
    assertThat(report.path("accepted").asInt()).isEqualTo(1);
    assertThat(report.path("rejected").findValuesAsText("reason"))
        .containsExactly("malformed", "missing_id");
    assertThat(report.path("rejected").findValuesAsText("line")).containsExactly("1", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \r\n", "nonsense", "[1,2]", "\"text\"", "{\"a\":\"\u0001\"}"})
  void answers400WhenNothingWasTaken(String body) throws Exception {
    start("");
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("accepted").asInt()).isZero();
    assertThat(taken).isEmpty();
    assertThat(folder.resolve("letters.ndjson").toFile().length()).isZero();
  }

  @Test
  void hostileLinesAreNamed() throws Exception {
    start("?maxEventBytes=2000");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    body.write(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}', '\n'});
    body.write(("{\"a\":\"" + "x".repeat(3000) + "\"}\n").getBytes(StandardCharsets.UTF_8));
    body.write(("[".repeat(1500) + "\n").getBytes(StandardCharsets.UTF_8));
    body.write(("{\"n\":" + "9".repeat(500) + "}\n").getBytes(StandardCharsets.UTF_8));
    body.write("{\"emoji\":\"\ud83d\ude00\"}\n".getBytes(StandardCharsets.UTF_8));
    JsonNode report = JSON.readTree(post(body.toByteArray()).body());
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("rejected").findValuesAsText("reason"))
        .containsExactly("invalid_encoding", "too_large", "malformed", "limit_exceeded");
  }

  @Test
  void aLongReportIsCut() throws Exception {
    start("");
    JsonNode report = JSON.readTree(post(GOOD + "\n" + "x\n".repeat(5000)).body());
    assertThat(report.path("rejected")).hasSize(HttpAnswer.MAX_LISTED);
    assertThat(report.path("rejectedNotListed").asInt()).isEqualTo(4000);
    assertThat(report.path("received").asInt()).isEqualTo(5001);
  }

  @Test
  void textIsTakenAsItIs() throws Exception {
    start("?accepts=text");
    assertThat(post("<13>one \r\n\r\n two\n").statusCode()).isEqualTo(202);
    assertThat(taken).extracting(RawEvent::toString).containsExactly("<13>one ", " two");
  }

  @Test
  void answers503WhenALaterStepFails() throws Exception {
    step =
        exchange -> {
          throw new IllegalStateException("secret detail of the SIEM");
        };
    start("?retryAfter=7");
    HttpResponse<String> answer = post("bad\n" + GOOD);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("7");
    assertThat(answer.body()).doesNotContain("secret", "Exception");
    assertThat(folder.resolve("letters.ndjson").toFile().length()).isZero();

    step = exchange -> exchange.setRollbackOnly(true);
    assertThat(post(GOOD).statusCode()).isEqualTo(503);

    step = exchange -> {};
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  @Test
  void aStepThatStopsTheExchangeHasAcceptedIt() throws Exception {
    step = exchange -> exchange.setRouteStop(true);
    start("");
    HttpResponse<String> answer = post("bad\n" + GOOD);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"accepted\":1", "\"line\":1");
  }

  @Test
  void linesThatCannotBeKeptAreNotAccepted() throws Exception {
    start("?deadLetters=RAW(direct:nowhere?block=false)");
    assertThat(post("bad\n" + GOOD).statusCode()).isEqualTo(503);
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  @Test
  void answers413OverTheLimitsAndStaysUsable() throws Exception {
    start("?maxBodyBytes=1000&maxUnpackedBytes=200000&maxEvents=50&maxRatio=1000");
    assertThat(post(" ".repeat(1001)).statusCode()).isEqualTo(413);
    assertThat(chunked(" ".repeat(500_000)).statusCode()).isEqualTo(413);
    assertThat(gzip("{}\n".repeat(51).getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(413);
    assertThat(gzip(new byte[200_001]).body()).contains("200000 bytes once unpacked");
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  @Test
  void aGzipBombEndsAtTheRatio() throws Exception {
    start("");
    HttpResponse<String> answer = gzip(new byte[40 << 20]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("over 100 times its size");
  }

  @Test
  void gzipIsUnpacked() throws Exception {
    start("");
    assertThat(gzip((GOOD + "\n" + GOOD).getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(202);
    assertThat(taken).hasSize(2);
    byte[] packed = packed((GOOD + "\n").repeat(100).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> cut = post(Arrays.copyOf(packed, packed.length / 2), "gzip");
    assertThat(cut.statusCode()).isEqualTo(400);
    assertThat(cut.body()).contains("cut off");
    assertThat(post("plain".getBytes(StandardCharsets.UTF_8), "gzip").statusCode()).isEqualTo(400);
    assertThat(post(new byte[0], "br").statusCode()).isEqualTo(415);
    assertThat(taken).hasSize(2);
  }

  @Test
  void refusesOtherTypesMethodsAndPaths() throws Exception {
    start("");
    assertThat(send(request().header("Content-Type", "image/png")).statusCode()).isEqualTo(415);
    assertThat(
            send(request().header("Content-Type", "multipart/form-data; boundary=x")).statusCode())
        .isEqualTo(415);
    assertThat(
            send(request().header("Content-Type", "application/json; charset=utf-16")).statusCode())
        .isEqualTo(415);
    for (String type :
        List.of("application/json; charset=\"UTF-8\"", "application/x-www-form-urlencoded")) {
      assertThat(send(request().header("Content-Type", type)).statusCode()).isEqualTo(202);
    }
    assertThat(send(request().GET()).statusCode()).isEqualTo(405);
    assertThat(send(request().PUT(BodyPublishers.ofString(GOOD))).statusCode()).isEqualTo(405);
    assertThat(send(request("/events/")).statusCode()).isEqualTo(202);
    assertThat(send(request("/events/more")).statusCode()).isEqualTo(404);
    assertThat(send(request("/eventsmore")).statusCode()).isEqualTo(404);
    assertThat(send(request("/EVENTS")).statusCode()).isEqualTo(404);
    assertThat(taken).hasSize(3);
  }

  @Test
  void whatTheClientSaysInHeadersHasNoEffect() throws Exception {
    start("");
    HttpResponse<String> answer =
        send(
            request("/events?CamelHttpResponseCode=500&kafka.OVERRIDE_TOPIC=evil&authorization=x")
                .header("CamelHttpResponseCode", "500")
                .header("cAmelFileName", "../../evil")
                .header("kafka.OVERRIDE_TOPIC", "evil")
                .header("SiemRejected", "x")
                .header("X-Anything", "x"));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(headers).hasSize(1).allSatisfy(all -> assertThat(all).isEmpty());
    assertThat(answer.headers().map().keySet())
        .containsExactlyInAnyOrder("content-length", "content-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/events", "/events/", "/events/x", "/events//", "/./events", "/x/../events"})
  void withoutCredentialsNothingIsTakenAnywhere(String path) throws Exception {
    start("?username=collector&password=RAW(s3cr%et:)");
    for (String credentials :
        List.of("collector:wrong", "collector:", ":s3cr%et:", "other:s3cr%et:", "")) {
      assertThat(send(request(path).header("Authorization", basic(credentials))).statusCode())
          .isEqualTo(401);
    }
    HttpResponse<String> none = send(request(path));
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("www-authenticate")).get().asString().contains("Basic");
    assertThat(send(request(path + "?authorization=" + "x")).statusCode()).isEqualTo(401);
    assertThat(send(request(path).header("Authorization", "Bearer x")).statusCode()).isEqualTo(401);
    assertThat(send(request(path).header("Authorization", "Basic ???")).statusCode())
        .isEqualTo(401);
    assertThat(taken).isEmpty();
    if (path.equals("/events")) {
      assertThat(send(request(path).header("Authorization", basic("collector:s3cr%et:"))).body())
          .contains("\"accepted\":1");
    }
  }

  @Test
  void aStrangersBodyIsNotWaitedFor() throws Exception {
    start("?username=collector&password=secret");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 401 Unauthorized");
    }
  }

  @Test
  void aRefusedBodyThatNeverEndsLosesItsConnection() throws Exception {
    start("?username=collector&password=secret");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsGivenUp() throws Exception {
    start("?readTimeout=200");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 408 Request Timeout");
    }
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  @Test
  void credentialsMayStandInAFile() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "# who\nanna=one\nbert=tw\u00f6\n");
    start("?credentialsFile=" + users);
    assertThat(send(request().header("Authorization", basic("bert:tw\u00f6"))).statusCode())
        .isEqualTo(202);
    assertThat(send(request().header("Authorization", basic("anna:tw\u00f6"))).statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?username=x",
        "?password=x",
        "?username=x&password=RAW( )",
        "?username=x&password=y&credentialsFile=users",
        "?credentialsFile=/not/there",
        "?maxBodyBytes=0"
      })
  void halfALockIsNone(String options) {
    assertThatThrownBy(() -> start(options)).hasStackTraceContaining("siem-http-source: ");
  }

  @Test
  void theNetworkNeedsCredentials() throws Exception {
    host = "0.0.0.0";
    assertThatThrownBy(() -> start(""))
        .hasStackTraceContaining("the server listens on 0.0.0.0 and anybody may send")
        .hasStackTraceContaining("host=127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?username=x&password=y", "?allowAnonymous=true"})
  void theNetworkMayBeServedOnPurpose(String options) throws Exception {
    host = "0.0.0.0";
    start(options);
    assertThat(send(request().header("Authorization", basic("x:y"))).statusCode()).isEqualTo(202);
  }

  private void start(String options) throws Exception {
    main.addInitialProperty("camel.main.shutdownTimeout", "5");
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                String letters =
                    "kamelet:siem-deadletter-sink?path=" + folder.resolve("letters.ndjson");
                String more = "&deadLetters=RAW(" + letters + ")";
                from("kamelet:siem-http-source?port=0&host="
                        + host
                        + options.replaceFirst("^\\?", "&")
                        + (options.contains("deadLetters") ? "" : more))
                    .process(HttpSourceTest.this::receive);
              }
            });
    main.start();
    port = HttpRig.port(main.getCamelContext());
  }

  private void receive(Exchange exchange) throws Exception {
    headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
    step.process(exchange);
    if (!exchange.isRollbackOnly()) {
      List<?> body = exchange.getMessage().getBody(List.class);
      body.forEach(event -> taken.add((RawEvent) event));
      exchange.getMessage().setHeader("X-Set-By-A-Later-Step", "1");
    }
  }

  private HttpRequest.Builder request() {
    return request("/events");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .POST(BodyPublishers.ofString(GOOD));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
    return send(request().POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> post(byte[] body, String encoding)
      throws IOException, InterruptedException {
    return send(
        request().header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> chunked(String body) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        request()
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
  }

  private HttpResponse<String> gzip(byte[] body) throws IOException, InterruptedException {
    return post(packed(body), "gzip");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private List<String> letters() throws IOException {
    return Files.readAllLines(folder.resolve("letters.ndjson"));
  }
}
