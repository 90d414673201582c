package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads of requests, byte for byte, over real sockets. */
@Tag("camel")
class HttpHeadTest {
  private static HttpRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig =
        HttpRig.start(
            "",
            "&path=/named&allowedHosts=siem.example,other.example",
            "&path=/any&allowedHosts=*&allowCrossSite=true");
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "localhost | | 202",
        "LOCALHOST.:8080 | | 202",
        "127.0.0.1:8080 | | 202",
        "127.9.9.9 | | 202",
        "[::1]:8080 | | 202",
        "192.0.2.7 | | 202",
        "x.localhost | | 202",
        "evil.example | | 403",
        "evil.example:8080 | | 403",
        "127.0.0.1.evil.example | | 403",
        "1.2.3.evil | | 403",
        "[::1].evil.example | | 403",
        "localhost.evil.example | | 403",
        "evillocalhost | | 403",
        "[evil] | | 403",
        "... | | 403",
        "siem.example | | 403",
        "localhost | Origin: http://evil.example | 403",
        "localhost | Origin: null | 403",
        "localhost | Origin: http://localhost | 202",
        "localhost:8080 | Origin: http://localhost:8080 | 202",
        "localhost:8080 | Origin: http://localhost:9090 | 403",
        "localhost:8080 | Origin: https://localhost | 403",
        "localhost | Origin: http://localhost.evil.example | 403",
        "localhost | Sec-Fetch-Site: cross-site | 403",
        "localhost | Sec-Fetch-Site: Same-Site | 403",
        "localhost | Sec-Fetch-Site: same-origin | 202",
        "localhost | Sec-Fetch-Site: none | 202",
        "evil.example | Origin: http://evil.example | 403",
      })
  void noWebPageSends(String host, String header, int status) throws Exception {
    String more = header == null ? "" : header + "\r\n";
    String head = "Host: " + host + "\r\nContent-Type: text/plain\r\nConnection: close\r\n" + more;
    String answer = rig.raw(HttpRig.post(head, HttpRig.GOOD));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    if (status == 403) {
      assertThat(answer).containsAnyOf("allowedHosts", "allowCrossSite").contains("\"accepted\":0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/named, siem.example, , 202",
    "/named, OTHER.example:99, , 202",
    "/named, third.example, , 403",
    "/named, siem.example, http://third.example, 403",
    "/any, whatever.example, http://third.example, 202",
  })
  void whatIsAllowedPasses(String path, String host, String origin, int status) throws Exception {
    String more = origin == null ? "" : "Origin: " + origin + "\r\n";
    String head = "Host: " + host + "\r\nConnection: close\r\n" + more;
    assertThat(rig.raw(HttpRig.post(head, HttpRig.GOOD).replace("/events", path)))
        .startsWith("HTTP/1.1 " + status);
  }

  /** {@code @} is a line break. What is cut short ends by our closing, never by a wait. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "nonsense@@|400",
        "POST@@|400",
        "POST /events HTTP/2.0@Host: localhost@@|505",
        "POST /events HTTP/0.9@Host: localhost@@|505",
        "PRI * HTTP/2.0@@SM@@|505",
        "POST /events HTTP/1.1@@|400",
        "POST /events HTTP/1.1@Host: localhost@Host: localhost@@|400",
        "POST /events HTTP/1.1@Host: localhost@Content-Length: -1@@|400",
        "POST /events HTTP/1.1@Host: localhost@Content-Length: 1x@@|400",
        "POST /events HTTP/1.1@Host: localhost@Content-Length: 2@Content-Length: 3@@{}|400",
        "POST /events HTTP/1.1@Host: localhost@Content-Length: 99999999999@@|413",
        "POST /events HTTP/1.1@Host: localhost@Content-Length: 2@Transfer-Encoding: chunked@@0@@|400",
        "POST /events HTTP/1.1@Host: localhost@Transfer-Encoding: chunked@@zz@@|400",
        "POST /events HTTP/1.1@Host: localhost@Transfer-Encoding: chunked@@-1@@|400",
        "POST /events HTTP/1.1@Host: localhost@Expect: a miracle@Content-Length: 2@@{}|417",
        "POST /events HTTP/1.1@Host: localhost@ bad: folded@Content-Length: 2@@{}|4",
        "POST http://evil.example/events HTTP/1.1@Host: localhost@Content-Length: 2@@{}|403",
        "POST /nowhere HTTP/1.1@Host: localhost@Content-Length: 2@@{}|404",
        "POST /events/../events HTTP/1.1@Host: localhost@Content-Length: 2@@{}|404",
        "POST * HTTP/1.1@Host: localhost@Content-Length: 2@@{}|404",
        "PUT /events HTTP/1.1@Host: localhost@Content-Length: 2@@{}|405",
      })
  void badHeadsAreAnsweredAndEnd(String request, String status) throws Exception {
    String answer = rig.refused(request.replace("@", "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("connection: close");
    assertThat(answer).containsPattern("\"received\":0,\"accepted\":0,\"rejected\":\\[]");
    assertThat(rig.good()).startsWith("HTTP/1.1 202");
  }

  @ParameterizedTest
  @CsvSource({"5000, 0, 414", "10, 20000, 431"})
  void longHeadsAreRefused(int line, int header, int status) throws Exception {
    String request =
        "POST /events?%s HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n"
            .formatted("x".repeat(line), "x".repeat(header));
    assertThat(rig.refused(request)).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void otherMethodsAreToldWhichIsAllowed() throws Exception {
    String get = "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(rig.raw(get)).startsWith("HTTP/1.1 405").contains("Allow: POST");
    String head = rig.raw(get.replace("GET", "HEAD"));
    assertThat(head).startsWith("HTTP/1.1 405").endsWith("\r\n\r\n");
  }

  @Test
  void aWholeAddressIsATargetToo() throws Exception {
    String head = "Host: localhost\r\nConnection: close\r\n";
    String request =
        HttpRig.post(head, HttpRig.GOOD).replace(" /events", " http://127.0.0.1:1/events?x=1#y");
    assertThat(rig.raw(request)).startsWith("HTTP/1.1 202");
  }

  @Test
  void whoeverWaitsToBeAskedIsAsked() throws Exception {
    try (Socket socket = rig.connect()) {
      String head = "Host: localhost\r\nExpect: 100-continue\r\n";
      String whole = HttpRig.post(head, HttpRig.GOOD);
      HttpRig.send(socket, whole.substring(0, whole.indexOf('{')));
      assertThat(HttpRig.answer(socket)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      HttpRig.send(socket, HttpRig.GOOD);
      assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 202").contains("\"accepted\":1");
    }
    String refused = "Host: localhost\r\nExpect: 100-continue\r\nContent-Type: image/png\r\n";
    assertThat(rig.refused(HttpRig.post(refused, "").replace("Length: 0", "Length: 9")))
        .startsWith("HTTP/1.1 415");
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws Exception {
    try (Socket socket = rig.connect()) {
      String good = HttpRig.post("Host: localhost\r\n", HttpRig.GOOD);
      String bad = HttpRig.post("Host: localhost\r\n", "bad");
      String get = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      HttpRig.send(socket, good + bad + get + good);
      for (String status : new String[] {"202", "400", "405", "202"}) {
        assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 " + status);
      }
    }
  }
}
