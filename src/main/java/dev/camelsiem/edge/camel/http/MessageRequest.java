package dev.camelsiem.edge.camel.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** A request of any other server of Camel's: its body is a stream, or was read already. */
final class MessageRequest implements HttpRequest {
  private final Message message;

  MessageRequest(Message message) {
    this.message = message;
  }

  @Override
  public @Nullable String header(String name) {
    for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).equals(name)) {
        return Objects.toString(header.getValue(), null);
      }
    }
    return null;
  }

  @Override
  public String path() {
    return Objects.toString(message.getHeader(Exchange.HTTP_PATH), "");
  }

  @Override
  public String origin() {
    return "http";
  }

  @Override
  public byte[] read(HttpLimits limits) throws HttpRefusal {
    try (InputStream body = message.getBody(InputStream.class)) {
      byte[] bytes = body == null ? new byte[0] : body.readNBytes(limits.bodyBytes());
      if (body != null && body.read() >= 0) {
        throw new HttpRefusal(413, "the body is over %d bytes".formatted(limits.bodyBytes()));
      }
      return bytes;
    } catch (IOException e) {
      throw new HttpRefusal(400, "the body was cut off");
    }
  }

  @Override
  public void discard() {
    message.setBody(null);
  }
}
