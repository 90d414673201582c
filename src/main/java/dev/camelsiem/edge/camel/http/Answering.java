package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answering half of one request after the other. An answer that is not read in time, or whose
 * memory is needed elsewhere, ends the connection. For its network thread alone.
 */
final class Answering {
  private static final long WRITE_SECONDS = 30;
  private static final int LARGE = 8 * 1024;

  private final boolean http2;
  private boolean open;
  private boolean isHead;
  private boolean mustClose;
  private boolean mayHaveBody;
  private boolean whole;
  private boolean written;
  private boolean unread;
  private volatile boolean sending;

  Answering(boolean http2) {
    this.http2 = http2;
  }

  /** A head has come. */
  void begin(HttpRequest head) {
    open = true;
    whole = false;
    written = false;
    isHead = head.method().equals(HttpMethod.HEAD);
    boolean bad = head.decoderResult().isFailure();
    boolean old = !head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    mustClose = !http2 && (bad || old || !HttpUtil.isKeepAlive(head));
    mayHaveBody =
        HttpUtil.isTransferEncodingChunked(head)
            || head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !"0".equals(head.headers().get(HttpHeaderNames.CONTENT_LENGTH));
  }

  /** The body has come to its end. */
  void whole() {
    whole = true;
  }

  boolean isWhole() {
    return whole;
  }

  boolean isWritten() {
    return written;
  }

  /** Whether a head has come that is not over yet. */
  boolean isOpen() {
    return open;
  }

  void over() {
    open = false;
  }

  /** Nothing more is to be read after this request. */
  void close() {
    mustClose = !http2;
  }

  /** As {@link #close}, when more has come already: the other side must get to see the answer. */
  void closeUnread() {
    close();
    unread = true;
  }

  /** Whether nothing more can be read or written after this request. */
  boolean mustClose() {
    return mustClose;
  }

  /** Asks for the body of a sender who waits to be asked. */
  void goOn(ChannelHandlerContext context) {
    FullHttpResponse go =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    ChannelFuture unused = context.writeAndFlush(go); // a failure ends the connection
  }

  /**
   * For the bytes of an answer; when they are needed elsewhere, whoever reads slowly is cut off.
   */
  UnfinishedBudget.Holding holding(ChannelHandlerContext context, HttpServer server) {
    return server
        .budget()
        .open(
            bytes -> {
              if (sending) {
                close(context);
              }
            });
  }

  /**
   * Sends an answer.
   *
   * @param holding for its bytes; null for one that is small
   * @param done is called when it is gone, or can't be sent any more
   */
  void write(
      ChannelHandlerContext context,
      UnfinishedBudget.@Nullable Holding holding,
      HttpAnswer full,
      Runnable done) {
    if (!whole && mayHaveBody && !http2) {
      mustClose = true;
    }
    int size = full.body().length;
    boolean fits = size <= LARGE || holding != null && holding.hold(size);
    HttpAnswer answer = fits ? full : full.withoutList();
    sending = true;
    Future<?> late =
        context.executor().schedule(() -> close(context), WRITE_SECONDS, TimeUnit.SECONDS);
    context
        .writeAndFlush(response(answer))
        .addListener(
            sent -> {
              late.cancel(false);
              sending = false;
              written = true;
              if (!sent.isSuccess()) {
                close(context);
              }
              done.run();
            });
  }

  private FullHttpResponse response(HttpAnswer answer) {
    byte[] body = answer.body();
    ByteBuf content = isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    if (mustClose) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  /**
   * Closes after the last answer. A plain connection says so first, and the rest that the other
   * side may still send is read for a moment: else its kernel would throw our answer away.
   */
  void farewell(ChannelHandlerContext context, long millis) {
    if (!http2 && (unread || !whole) && context.channel() instanceof SocketChannel channel) {
      var unused = channel.shutdownOutput();
      var end = context.executor().schedule(() -> close(context), millis, TimeUnit.MILLISECONDS);
      channel.closeFuture().addListener(closed -> end.cancel(false));
    } else {
      close(context);
    }
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture unused = context.close(); // it is gone either way
  }
}
