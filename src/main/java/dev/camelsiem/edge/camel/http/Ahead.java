package dev.camelsiem.edge.camel.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Parts of further requests that were sent before the answer to the first. For one network thread.
 */
final class Ahead {
  private static final int MOST = 64;

  private final Queue<Object> messages = new ArrayDeque<>();
  private final Reading reading;
  private boolean inTurn;

  Ahead(boolean http2) {
    reading = new Reading(http2);
  }

  /** Whether what comes now must wait behind what is here. */
  boolean isInTurn() {
    return inTurn;
  }

  /** A request is worked on: unless something is here, the connection is read until that comes. */
  void watch(ChannelHandlerContext context) {
    if (messages.isEmpty()) {
      reading.watch(context);
    }
  }

  /** No request is worked on. */
  void goOn(ChannelHandlerContext context) {
    reading.goOn(context);
  }

  /** With too many of them, the answer that comes next is the last one of the connection. */
  void keep(ChannelHandlerContext context, Object message, Answering answering) {
    reading.pause(context);
    if (answering.mustClose()) {
      ReferenceCountUtil.release(message);
      answering.closeUnread();
    } else if (!add(message)) {
      answering.closeUnread();
    }
  }

  /** Keeps a message; false when there are too many, and it is gone. */
  boolean add(Object message) {
    boolean fits = messages.size() < MOST;
    if (fits) {
      messages.add(message);
    } else {
      ReferenceCountUtil.release(message);
    }
    return fits;
  }

  /** Hands on what is here, in order, while that goes; not again while it does. */
  void turn(BooleanSupplier goesOn, Consumer<Object> next) {
    inTurn = true;
    try {
      while (!messages.isEmpty() && goesOn.getAsBoolean()) {
        next.accept(messages.remove());
      }
    } finally {
      inTurn = false;
    }
  }

  void clear() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }
}
