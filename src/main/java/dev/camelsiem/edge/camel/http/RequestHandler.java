package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one HTTP/1.1 connection, one after the other, or the one of an HTTP/2 stream. The
 * network thread collects a body and never waits; a worker gets it whole. What belongs to a request
 * ends with its connection.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {
  /** What is read of a refused body, so that the sender gets to see the answer. */
  private static final long DISCARD_BYTES = 64L << 20;

  private static final int BAD_REQUEST = 400;
  private static final long DISCARD_MILLIS = 5_000;

  /** What the request of a sender who has sent its last may wait for its turn. */
  private static final long HALF_CLOSED_MILLIS = 1_000;

  private final HttpServer server;
  private final Peer peer;
  private final boolean http2;
  private final Answering answering;
  private final Ahead ahead;
  private final Deadline deadline = new Deadline();
  private Stage stage = Stage.HEAD;
  private @Nullable Underway open;
  private long discarded;

  RequestHandler(HttpServer server, Peer peer, boolean http2) {
    this.server = server;
    this.peer = peer;
    this.http2 = http2;
    this.answering = new Answering(http2);
    this.ahead = new Ahead(http2);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (stage == Stage.END) {
      ReferenceCountUtil.release(message);
    } else if (stage == Stage.WORK || ahead.isInTurn()) {
      ahead.keep(context, message, answering);
    } else {
      take(context, message);
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
      Site site = accepted.site();
      UnfinishedBudget.Holding answer = answering.holding(context, server);
      open = Underway.begin(server, peer, accepted, answer, () -> whenFull(context, site));
      stage = Stage.BODY;
      long millis = site.limits().readMillis();
      deadline.set(context, millis, () -> refuseBody(context, HttpRefusal.tooSlow(millis)));
      if (accepted.wantsContinue()) {
        answering.goOn(context);
      }
    } catch (HttpRefusal refusal) {
      refuse(context, refusal);
    }
  }

  /** Called by whoever; when the network thread has ended, so has the connection. */
  private void whenFull(ChannelHandlerContext context, Site site) {
    HttpRefusal noRoom = HttpRefusal.unavailable(site.retryAfter());
    boolean unused = Deadline.onLoop(context, () -> refuseBody(context, noRoom));
  }

  private void refuseBody(ChannelHandlerContext context, HttpRefusal refusal) {
    if (stage == Stage.BODY) {
      refuse(context, refusal);
    }
  }

  // --- body

  private void content(ChannelHandlerContext context, HttpContent content) {
    Underway now = open;
    if (stage == Stage.REFUSED) {
      discard(context, content);
    } else if (stage == Stage.HEAD && http2) {
      end(context); // trailers of nothing: no head is going to come
    } else if (stage == Stage.BODY && now != null) {
      try {
        now.collect(content);
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

  private void work(ChannelHandlerContext context, Underway now) throws HttpRefusal {
    Site site = now.site();
    answering.whole();
    now.body().complete(site.retryAfter());
    if (!site.way().isOpen()) {
      throw HttpRefusal.unavailable(site.retryAfter());
    }
    boolean large = now.isLarge();
    Job job = now.work(answer -> worked(context, now, answer));
    stage = Stage.WORK;
    deadline.cancel();
    if (!server.submit(job, large)) {
      boolean unused = now.worked(); // this is the network's thread
      answer(context, now, HttpAnswer.refusal(HttpRefusal.unavailable(site.retryAfter())));
    } else {
      ahead.watch(context);
    }
  }

  // --- answers

  /** On the worker's thread. */
  private void worked(ChannelHandlerContext context, Underway now, HttpAnswer answer) {
    if (now.worked()) {
      return;
    }
    if (!Deadline.onLoop(context, () -> answer(context, now, answer))) {
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
      ahead.goOn(context); // whatever still comes is passed over
      answering.farewell(context, DISCARD_MILLIS);
      return;
    }
    stage = Stage.HEAD;
    turn(context);
  }

  /** What was sent ahead has its turn. */
  private void turn(ChannelHandlerContext context) {
    if (ahead.isInTurn()) {
      return;
    }
    try {
      ahead.turn(this::mayTake, message -> take(context, message));
    } catch (Throwable failure) { // nobody else would see it: Netty drops what listeners throw
      exceptionCaught(context, failure);
    }
    if (mayTake()) {
      ahead.goOn(context);
    }
  }

  private boolean mayTake() {
    return stage != Stage.WORK && stage != Stage.END;
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
    deadline.set(context, DISCARD_MILLIS, () -> end(context));
    answering.write(
        context,
        null,
        HttpAnswer.refusal(refusal),
        () -> {
          if (answering.isWhole() && stage == Stage.REFUSED) {
            answered(context);
          }
        });
  }

  private void discard(ChannelHandlerContext context, HttpContent content) {
    discarded += content.content().readableBytes();
    if (discarded > DISCARD_BYTES) {
      end(context);
    } else if (content.decoderResult().isFailure()) {
      answered(context); // and nothing of this connection can be understood any more
    } else if (content instanceof LastHttpContent) {
      answering.whole();
      if (answering.isWritten()) {
        answered(context);
      }
    }
  }

  // --- the end

  private void over() {
    deadline.cancel();
    peer.timer().ended();
    answering.over();
  }

  private void end(ChannelHandlerContext context) {
    stage = Stage.END;
    var unused = context.close(); // it is gone either way
  }

  /** A sender who has sent its last has most likely gone, but may still read what is begun. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean goodbye = event instanceof SslCloseCompletionEvent tlsEnd && tlsEnd.isSuccess();
    if (goodbye || event == ChannelInputShutdownEvent.INSTANCE) {
      Underway now = open;
      answering.close();
      if (stage != Stage.WORK) {
        end(context);
      } else if (now != null) {
        deadline.set(context, HALF_CLOSED_MILLIS, now::abandon);
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean isOpen = answering.isOpen();
    stage = Stage.END;
    deadline.cancel();
    ahead.clear();
    Underway now = open;
    open = null;
    if (now != null && now.isAtWork()) {
      now.abandon();
    } else if (now != null) {
      now.close();
    }
    if (isOpen) {
      peer.timer().ended();
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    server.failed(peer.origin(), cause);
    end(context);
  }
}
