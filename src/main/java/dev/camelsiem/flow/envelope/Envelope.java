package dev.camelsiem.flow.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.json.StrangersJson;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import dev.camelsiem.time.DateTimeParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of an event and what is known of its reception.
 *
 * <p>An envelope is a JSON object whose members {@code body} and {@code mime} are texts; anything
 * else is a bare event and its own body. Immutable; shares the bytes of a bare event.
 */
public final class Envelope {
  private static final StrangersJson JSON =
      new StrangersJson(
          StreamReadConstraints.builder()
              .maxNestingDepth(64)
              .maxStringLength(Integer.MAX_VALUE)
              .maxNumberLength(DocumentLimits.DEFAULT.numberLength())
              .build());

  private static final Set<String> MEMBERS =
      Set.of(
          "body",
          "mime",
          "recv_ipv4",
          "recv_ipv6",
          "recv_host",
          "recv_time",
          "tag",
          "input_id",
          "task_id",
          "uuid");

  // Without the quote in front: bytes that begin with a rarer one are found faster.
  private static final byte[] BODY_MEMBER = ascii("body\"");
  private static final byte[] MIME_MEMBER = ascii("mime\"");

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final BodyFormat format;
  private final Reception reception;

  private Envelope(byte[] bytes, int from, int to, BodyFormat format, Reception reception) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.format = format;
    this.reception = reception;
  }

  /**
   * Opens an event. Never fails: what is no envelope is a body.
   *
   * @param format what bodies are when no MIME type says it; null to look at the body
   * @param reception what is known of a bare event; an envelope's own members go before it
   */
  public static Envelope open(
      byte[] bytes, int from, int to, @Nullable BodyFormat format, Reception reception) {
    if (looksWrapped(bytes, from, to)) {
      Map<String, String> members = members(bytes, from, to);
      String body = members.get("body");
      String mime = members.get("mime");
      if (body != null && mime != null) {
        return wrapped(body, mime, members, format, reception);
      }
    }
    BodyFormat known = format == null ? BodyFormat.guess(bytes, from, to) : format;
    return new Envelope(bytes, from, to, known, reception);
  }

  /** Opens an event that a source received; a peer address in its origin becomes the sender's. */
  public static Envelope open(RawEvent event, @Nullable BodyFormat format) {
    return open(event.array(), event.from(), event.to(), format, Reception.of(event));
  }

  /** The array that holds the body; read only. */
  public byte[] array() {
    return bytes;
  }

  /** Where the body begins. */
  public int from() {
    return from;
  }

  /** Where the body ends, excluded. */
  public int to() {
    return to;
  }

  public BodyFormat format() {
    return format;
  }

  public Reception reception() {
    return reception;
  }

  private static Envelope wrapped(
      String body,
      String mime,
      Map<String, String> members,
      @Nullable BodyFormat fallback,
      Reception bare) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    BodyFormat said = BodyFormat.ofMime(mime);
    BodyFormat format = said == null ? fallback : said;
    Reception reception =
        new Reception(
            members.getOrDefault("recv_ipv4", bare.recvIpv4()),
            members.getOrDefault("recv_ipv6", bare.recvIpv6()),
            members.getOrDefault("recv_host", bare.recvHost()),
            time(members.get("recv_time"), bare.receivedAt()),
            members.getOrDefault("tag", bare.tag()),
            mime,
            members.getOrDefault("input_id", bare.inputId()),
            members.getOrDefault("task_id", bare.taskId()),
            members.getOrDefault("uuid", bare.uuid()));
    BodyFormat known = format == null ? BodyFormat.guess(bytes, 0, bytes.length) : format;
    return new Envelope(bytes, 0, bytes.length, known, reception);
  }

  private static long time(@Nullable String text, long otherwise) {
    DateTime time = text == null ? null : DateTimeParser.parse(Text.of(text), otherwise);
    return time == null ? otherwise : time.epochMillis();
  }

  /** Cheap and true for every envelope: spares bare JSON events a second parsing. */
  private static boolean looksWrapped(byte[] bytes, int from, int to) {
    int first = Ascii.skipBlanks(bytes, from, to);
    return first < to
        && bytes[first] == '{'
        && Text.indexOf(bytes, first, to, MIME_MEMBER, 0, MIME_MEMBER.length) >= 0
        && Text.indexOf(bytes, first, to, BODY_MEMBER, 0, BODY_MEMBER.length) >= 0;
  }

  /**
   * The text members of an object that mean something, first of a name wins; empty when it is no
   * JSON.
   */
  private static Map<String, String> members(byte[] bytes, int from, int to) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.parser(bytes, from, to)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && MEMBERS.contains(name)) {
          members.putIfAbsent(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? members : Map.of();
    } catch (IOException e) {
      return Map.of(); // not JSON, so not an envelope; whoever reads the body says what is wrong
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
