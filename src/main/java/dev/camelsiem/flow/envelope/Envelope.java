package dev.camelsiem.flow.envelope;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.document.DocumentPaths;
import dev.camelsiem.lang.document.EventPath;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import dev.camelsiem.time.DateTimeParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an event and what is known of its reception.
 *
 * <p>An envelope is a JSON object whose members {@code body} and {@code mime} are texts; anything
 * else is a bare event and its own body. Of several texts of one name the first counts. Immutable;
 * shares the bytes of a bare event.
 */
public final class Envelope {
  private static final EventPath BODY = member("body");
  private static final EventPath MIME = member("mime");
  private static final EventPath RECV_IPV4 = member("recv_ipv4");
  private static final EventPath RECV_IPV6 = member("recv_ipv6");
  private static final EventPath RECV_HOST = member("recv_host");
  private static final EventPath RECV_TIME = member("recv_time");
  private static final EventPath TAG = member("tag");
  private static final EventPath INPUT_ID = member("input_id");
  private static final EventPath TASK_ID = member("task_id");
  private static final EventPath UUID = member("uuid");

  private static final List<EventPath> MEMBERS =
      List.of(BODY, MIME, RECV_IPV4, RECV_IPV6, RECV_HOST, RECV_TIME, TAG, INPUT_ID, TASK_ID, UUID);

  /** Of no event. */
  public static final Envelope EMPTY =
      new Envelope(new byte[0], 0, 0, BodyFormat.TEXT, Reception.of(0));

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

  private static EventPath member(String name) {
    return new EventPath(DocumentFormat.JSON, Text.of(name), List.of());
  }

  /** Adds what is looked for in every event that is a JSON object. */
  public static void addMembers(DocumentPaths paths) {
    MEMBERS.forEach(paths::add);
  }

  /**
   * Opens an event. Never fails: what is no envelope is a body.
   *
   * @param format what bodies are when no MIME type says it; null to look at the body
   * @param reception what is known of a bare event; an envelope's own members go before it
   */
  public static Envelope open(
      byte[] bytes, int from, int to, @Nullable BodyFormat format, Reception reception) {
    Document document = new Document(DocumentLimits.DEFAULT);
    return open(document, bytes, from, to, format, reception);
  }

  /**
   * The same, after which a document holds the body.
   *
   * @param document that nobody needs any more what it held
   */
  static Envelope open(
      Document document,
      byte[] bytes,
      int from,
      int to,
      @Nullable BodyFormat format,
      Reception reception) {
    document.load(bytes, from, to);
    Text mime = document.firstText(MIME);
    Text body = mime == null ? null : document.firstText(BODY);
    if (mime != null && body != null) {
      Envelope wrapped = wrapped(body, mime, document, format, reception);
      document.load(wrapped.bytes, wrapped.from, wrapped.to);
      return wrapped;
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

  /** Whether there was an envelope around the body; only that can have said a MIME type. */
  boolean isWrapped() {
    return reception.mime() != null;
  }

  private static Envelope wrapped(
      Text body, Text mime, Document members, @Nullable BodyFormat fallback, Reception bare) {
    String type = mime.toString();
    BodyFormat said = BodyFormat.ofMime(type);
    BodyFormat format = said == null ? fallback : said;
    Reception reception =
        new Reception(
            member(members, RECV_IPV4, bare.recvIpv4()),
            member(members, RECV_IPV6, bare.recvIpv6()),
            member(members, RECV_HOST, bare.recvHost()),
            time(members.firstText(RECV_TIME), bare.receivedAt()),
            member(members, TAG, bare.tag()),
            type,
            member(members, INPUT_ID, bare.inputId()),
            member(members, TASK_ID, bare.taskId()),
            member(members, UUID, bare.uuid()));
    BodyFormat known =
        format == null ? BodyFormat.guess(body.array(), body.from(), body.to()) : format;
    return new Envelope(body.array(), body.from(), body.to(), known, reception);
  }

  private static @Nullable String member(
      Document members, EventPath name, @Nullable String otherwise) {
    Text text = members.firstText(name);
    return text == null ? otherwise : text.toString();
  }

  private static long time(@Nullable Text text, long otherwise) {
    DateTime time = text == null ? null : DateTimeParser.parse(text, otherwise);
    return time == null ? otherwise : time.epochMillis();
  }
}
