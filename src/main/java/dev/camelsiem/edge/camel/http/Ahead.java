package dev.camelsiem.edge.camel.http;

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
  private boolean inTurn;

  /** Whether what comes now must wait behind what is here. */
  boolean isInTurn() {
    return inTurn;
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
    while (!messages.isEmpty() && goesOn.getAsBoolean()) {
      next.accept(messages.remove());
    }
    inTurn = false;
  }

  void clear() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }
}
