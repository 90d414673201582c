package dev.camelsiem.flow.envelope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.RawEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void aBareEventIsItsOwnBodyAndGetsDefaults() {
    Envelope envelope = open("<13>May  6 07:08:09 gw door opened", null);
    assertThat(body(envelope)).isEqualTo("<13>May  6 07:08:09 gw door opened");
    assertThat(envelope.format()).isEqualTo(BodyFormat.TEXT);
    assertThat(envelope.reception().recvIpv4()).isEqualTo("127.0.0.1");
    assertThat(envelope.reception().receivedAt()).isEqualTo(NOW);
    assertThat(envelope.reception().tag()).isEqualTo("some_tag");
  }

  @Test
  void anEnvelopeIsUnwrapped() {
    Envelope envelope =
        open(
            """
            {"body": "a \\"b\\"\\n", "mime": "text/plain", "recv_ipv4": "192.0.2.7",
             "recv_time": "2024-05-06T07:08:09Z", "normalized": false, "tag": "t", "extra": {"a": 1},
             "uuid": "u-1", "type": "raw"}
            """,
            null);
    assertThat(body(envelope)).isEqualTo("a \"b\"\n");
    assertThat(envelope.format()).isEqualTo(BodyFormat.TEXT);
    assertThat(envelope.reception().recvIpv4()).isEqualTo("192.0.2.7");
    assertThat(envelope.reception().receivedAt()).isEqualTo(1_714_979_289_000L);
    assertThat(envelope.reception().tag()).isEqualTo("t");
    assertThat(envelope.reception().uuid()).isEqualTo("u-1");
    assertThat(envelope.reception().mime()).isEqualTo("text/plain");
  }

  /** Also where the names are spelled with escapes. */
  @Test
  void ofSeveralTextsOfANameTheFirstCounts() {
    Envelope envelope =
        open(
            """
            {"tag": 1, "mime": null, "body": "a ", "b\\u006fdy": "b", "mime": "text/csv",
             "m\\u0069me": "text/xml", "tag": "t", "tag": "u", "body": 2}
            """,
            null);
    assertThat(body(envelope)).isEqualTo("a ");
    assertThat(envelope.format()).isEqualTo(BodyFormat.TABULAR);
    assertThat(envelope.reception().tag()).isEqualTo("t");
  }

  @Test
  void onlyTextMembersBodyAndMimeTogetherMakeAnEnvelope() {
    for (String bare :
        new String[] {
          "{\"body\": \"x\"}",
          "{\"mime\": \"text/plain\"}",
          "{\"body\": {\"a\": 1}, \"mime\": \"text/plain\"}",
          "{\"inner\": {\"body\": \"x\", \"mime\": \"text/plain\"}}",
          "{\"body\": \"x\", \"mime\": \"text/plain\"",
          "{\"body\": \"x\", \"mime\": \"text/plain\"} trailing"
        }) {
      assertThat(body(open(bare, null))).isEqualTo(bare);
    }
  }

  /** Bytes that are not UTF-8 are not replaced on the way: whoever reads the body refuses them. */
  @Test
  void anEnvelopeThatIsNotUtf8KeepsItsBytes() {
    byte[] bytes =
        "{\"mime\":\"text/plain\",\"body\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    Envelope envelope = Envelope.open(bytes, 0, bytes.length, null, Reception.of(NOW));
    assertThat(envelope.array()).isSameAs(bytes);
    assertThat(envelope.to() - envelope.from()).isEqualTo(bytes.length);
  }

  @Test
  void theMimeTypeGoesBeforeWhatTheUserSaid() {
    Envelope said =
        open("{\"body\":\"{}\",\"mime\":\"application/x-pt-eventlog\"}", BodyFormat.TEXT);
    assertThat(said.format()).isEqualTo(BodyFormat.EVENTLOG);
    Envelope unknown =
        open("{\"body\":\"{}\",\"mime\":\"application/octet-stream\"}", BodyFormat.TEXT);
    assertThat(unknown.format()).isEqualTo(BodyFormat.TEXT);
  }

  @Test
  void aNestedBombIsABody() {
    String bomb = "{\"body\":\"x\",\"mime\":\"text/plain\",\"a\":" + "[".repeat(100_000) + "}";
    assertThat(body(open(bomb, null))).isEqualTo(bomb);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://192.0.2.1:40000, 192.0.2.1,",
    "udp://192.0.2.1, 192.0.2.1,",
    "tcp://[2001:db8::1]:514, , 2001:db8::1",
    "tcp://[fe80::1%eth0]:514, , fe80::1%eth0",
    "tcp://1.2.3:514, 127.0.0.1,",
    "tcp://[2001:db8::1, 127.0.0.1,",
    "/var/log/messages, 127.0.0.1,",
    "http://gate.example:80, 127.0.0.1,",
    "kafka:topic-0, 127.0.0.1,"
  })
  void theSendersAddressComesFromTheOrigin(
      String origin, @Nullable String four, @Nullable String six) {
    Reception reception = Envelope.open(RawEvent.of("x", origin, 1), null).reception();
    assertThat(reception.recvIpv4()).isEqualTo(four);
    assertThat(reception.recvIpv6()).isEqualTo(six);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1}                | ANY_OBJECT
          {"a":1                 | TEXT
          {"a":1} tail           | TEXT
          <Event a="b"></Event>  | XML
          <?xml version="1.0"?><a/> | XML
          <134>Jan  1 00:00:00 x | TEXT
          <134>text <b>          | TEXT
          [1, 2]                 | TEXT
          plain                  | TEXT
          <                      | TEXT
          """)
  void guesses(String body, BodyFormat format) {
    assertThat(open("  " + body + "\r\n", null).format()).isEqualTo(format);
  }

  private static Envelope open(String text, @Nullable BodyFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Envelope.open(bytes, 0, bytes.length, format, Reception.of(NOW));
  }

  private static String body(Envelope envelope) {
    return new String(
        envelope.array(), envelope.from(), envelope.to() - envelope.from(), StandardCharsets.UTF_8);
  }

  /** A JSON library may look at the first bytes and read on as UTF-16 or UTF-32. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\0",
        "{\0\0\0",
        "\0\0\0{",
        "\0{",
        "{ \0\0",
        "\u00fe\u00ff{",
        "\u00ff\u00fe{",
        "{\u00ff"
      })
  void whatBeginsAsAnotherUnicodeIsABody(String begin) {
    byte[] bytes =
        (begin + "\"mime\":\"text/plain\",\"body\":\"x\"}\0\u00ff!").getBytes(ISO_8859_1);
    Envelope envelope = Envelope.open(bytes, 0, bytes.length, null, Reception.of(1));
    assertThat(envelope.array()).isSameAs(bytes);
    assertThat(envelope.to()).isEqualTo(bytes.length);
  }
}
