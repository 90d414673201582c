package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one HTTP/1.1 connection, one after the other, or the one of an HTTP/2 stream. The
 * network thread collects a body and never waits; a worker gets it whole. What belongs to a request
 * ends with its connection.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  /** Parts of further requests that were sent before the answer. */
  private static final int MOST_AHEAD = 64;

  /** What is read of a refused body, so that the sender gets to see the answer. */
  private static final long DISCARD_BYTES = 64L << 20;

  private static final int BAD_REQUEST = 400;
  private static final long DISCARD_MILLIS = 5_000;

  /** A body that is worked on by those threads that are for large ones. */
  private static final int LARGE_BYTES = 512 * 1024;

  private static final int LARGE_PACKED_BYTES = 16 * 1024;

  private final HttpServer server;
  private final Peer peer;
  private final boolean http2;
  private final Answering answering;
  private final Queue<Object> ahead = new ArrayDeque<>();
  private Stage stage = Stage.HEAD;
  private @Nullable Underway open;
  private @Nullable Future<?> deadline;
  private long discarded;
  private boolean inTurn;

  private enum Stage {
    /** Waits for a head. */
    HEAD,
    /** Collects a body. */
    BODY,
    /** A worker has it, or its answer goes out. */
    WORK,
    /** Passes over the rest of a refused body. */
    REFUSED,
    /** The connection goes. */
    END
  }

  RequestHandler(HttpServer server, Peer peer, boolean http2) {
    this.server = server;
    this.peer = peer;
    this.http2 = http2;
    this.answering = new Answering(http2);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (stage == Stage.END) {
      ReferenceCountUtil.release(message);
    } else if (stage == Stage.WORK || inTurn) {
      ahead(message);
    } else {
      take(context, message);
    }
  }

  /** With too many of them, the answer that comes next is the last one of the connection. */
  private void ahead(Object message) {
    if (ahead.size() < MOST_AHEAD && !answering.mustClose()) {
      ahead.add(message);
    } else {
      ReferenceCountUtil.release(message);
      answering.closeUnread();
    }
  }

  private void take(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpRequest head) {
        head(context, head);
      }
      if (message instanceof HttpContent content) {
        content(context, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  // --- head

  private void head(ChannelHandlerContext context, HttpRequest head) {
    peer.timer().begun();
    peer.slot().touch();
    answering.begin(head);
    try {
      HeadCheck.Accepted accepted = HeadCheck.check(server, head);
      Body body = new Body(server.budget(), () -> onLoop(context, () -> noRoom(context)));
      Slots.Slot slot =
          server.requests().admit(peer.address(), () -> onLoop(context, () -> noRoom(context)));
      if (slot == null) {
        throw HttpRefusal.unavailable(accepted.site().retryAfter());
      }
      open = new Underway(server, peer, accepted, body, slot, answering.holding(context, server));
      stage = Stage.BODY;
      schedule(context, accepted.site().limits().readMillis(), () -> tooSlow(context));
      if (accepted.wantsContinue()) {
        answering.goOn(context);
      }
    } catch (HttpRefusal refusal) {
      refuse(context, refusal);
    }
  }

  private void noRoom(ChannelHandlerContext context) {
    Underway now = open;
    if (stage == Stage.BODY && now != null) {
      refuse(context, HttpRefusal.unavailable(now.site().retryAfter()));
    }
  }

  private void tooSlow(ChannelHandlerContext context) {
    Underway now = open;
    if (stage == Stage.BODY && now != null) {
      long millis = now.site().limits().readMillis();
      refuse(
          context, new HttpRefusal(408, "the body did not arrive within %d ms".formatted(millis)));
    }
  }

  // --- body

  private void content(ChannelHandlerContext context, HttpContent content) {
    Underway now = open;
    if (stage == Stage.REFUSED) {
      discard(context, content);
    } else if (stage == Stage.BODY && now != null) {
      try {
        collect(now, content);
        if (content instanceof LastHttpContent) {
          work(context, now);
        }
      } catch (HttpRefusal refusal) {
        refuse(context, refusal);
        if (content instanceof LastHttpContent && stage == Stage.REFUSED) {
          discard(context, content);
        }
      }
    }
  }

  private static void collect(Underway now, HttpContent content) throws HttpRefusal {
    Site site = now.site();
    if (content.decoderResult().isFailure()) {
      throw new HttpRefusal(400, "the body is not what its head says");
    }
    if (content.content().readableBytes() > site.limits().bodyBytes() - now.body().size()) {
      throw HeadCheck.tooLarge(site.limits());
    }
    if (!now.body().add(content.content())) {
      throw HttpRefusal.unavailable(site.retryAfter());
    }
  }

  private void work(ChannelHandlerContext context, Underway now) throws HttpRefusal {
    Site site = now.site();
    answering.whole();
    if (!now.body().complete() || !site.way().isOpen()) {
      throw HttpRefusal.unavailable(site.retryAfter());
    }
    int size = now.body().size();
    boolean large = size > (now.head().gzip() ? LARGE_PACKED_BYTES : LARGE_BYTES);
    Job job =
        new Job(
            site,
            now.body(),
            now.head().gzip(),
            peer.origin(),
            answer -> worked(context, now, answer));
    now.work();
    stage = Stage.WORK;
    cancelDeadline();
    if (!server.submit(job, large)) {
      boolean unused = now.worked(); // this is the network's thread
      answer(context, now, HttpAnswer.refusal(HttpRefusal.unavailable(site.retryAfter())));
    } else if (!http2) {
      context.channel().config().setAutoRead(false);
    }
  }

  // --- answers

  /** On the worker's thread. */
  private void worked(ChannelHandlerContext context, Underway now, HttpAnswer answer) {
    if (now.worked()) {
      return;
    }
    try {
      context.executor().execute(() -> answer(context, now, answer));
    } catch (RejectedExecutionException e) {
      LOG.debug("a connection has ended before its answer", e);
      now.close();
    }
  }

  /** Of a request that was worked on. */
  private void answer(ChannelHandlerContext context, Underway now, HttpAnswer answer) {
    now.answering();
    open = null;
    answering.write(
        context,
        now.answer(),
        answer,
        () -> {
          now.close();
          answered(context);
        });
  }

  private void answered(ChannelHandlerContext context) {
    if (stage == Stage.END) {
      return;
    }
    over();
    if (http2 || answering.mustClose()) {
      stage = Stage.END;
      if (!http2) {
        context.channel().config().setAutoRead(true); // whatever still comes is passed over
      }
      answering.farewell(context, DISCARD_MILLIS);
      return;
    }
    stage = Stage.HEAD;
    turn(context);
  }

  /** What was sent ahead has its turn. */
  private void turn(ChannelHandlerContext context) {
    if (inTurn) {
      return;
    }
    inTurn = true;
    while (!ahead.isEmpty() && stage != Stage.WORK && stage != Stage.END) {
      take(context, ahead.remove());
    }
    inTurn = false;
    if (stage != Stage.WORK && stage != Stage.END && !http2) {
      context.channel().config().setAutoRead(true);
    }
  }

  /** Answers before the body has ended, or at all; then passes over what still comes. */
  private void refuse(ChannelHandlerContext context, HttpRefusal refusal) {
    Underway now = open;
    open = null;
    if (now != null) {
      now.close();
    }
    if (refusal.status == BAD_REQUEST) {
      answering.close(); // what comes behind it means nothing
    }
    discarded = 0;
    stage = Stage.REFUSED;
    schedule(context, DISCARD_MILLIS, () -> end(context));
    answering.write(
        context,
        null,
        HttpAnswer.refusal(refusal),
        () -> {
          if (answering.isWhole() && stage == Stage.REFUSED) {
            refusedAndOver(context);
          }
        });
  }

  private void discard(ChannelHandlerContext context, HttpContent content) {
    discarded += content.content().readableBytes();
    if (discarded > DISCARD_BYTES) {
      end(context);
    } else if (content.decoderResult().isFailure()) {
      refusedAndOver(context); // and nothing of this connection can be understood any more
    } else if (content instanceof LastHttpContent) {
      answering.whole();
      if (answering.isWritten()) {
        refusedAndOver(context);
      }
    }
  }

  private void refusedAndOver(ChannelHandlerContext context) {
    cancelDeadline();
    answered(context);
  }

  // --- the end

  private void over() {
    cancelDeadline();
    peer.timer().ended();
    answering.over();
  }

  private void end(ChannelHandlerContext context) {
    stage = Stage.END;
    var unused = context.close(); // it is gone either way
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean isOpen = answering.isOpen();
    stage = Stage.END;
    cancelDeadline();
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
    Underway now = open;
    open = null;
    if (now != null && !now.isAtWork()) {
      now.close();
    }
    if (isOpen) {
      peer.timer().ended();
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error) {
      Supervision.failed("siem-http-connection", cause, "the connection is closed");
    } else if (cause instanceof IOException) {
      LOG.debug("{} closed: {}", peer.origin(), cause.toString()); // reset by peer, TLS alert
    } else {
      server.broken(peer.origin(), cause);
    }
    end(context);
  }

  private void schedule(ChannelHandlerContext context, long millis, Runnable what) {
    cancelDeadline();
    deadline = context.executor().schedule(what, millis, TimeUnit.MILLISECONDS);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** Called by whoever; when the network thread has ended, so has the connection. */
  private static void onLoop(ChannelHandlerContext context, Runnable what) {
    try {
      context.executor().execute(what);
    } catch (RejectedExecutionException e) {
      LOG.debug("a connection has ended before its answer", e);
    }
  }
}
