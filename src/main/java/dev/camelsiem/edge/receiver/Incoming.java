package dev.camelsiem.edge.receiver;

import dev.camelsiem.flow.syslog.FrameReader;
import dev.camelsiem.flow.syslog.Frames;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes by one connection: messages, and what is left of one at the end. */
final class Incoming implements Frames {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  private final Whole whole;
  private final MessageSink sink;
  private final Supplier<Behaviour> behaviour;
  private long count;
  private boolean ended;

  /** Takes a whole message. */
  interface Whole {
    void take(byte[] bytes, int from, int to);
  }

  /**
   * @param sink gets the message that has no end
   */
  Incoming(Whole whole, MessageSink sink, Supplier<Behaviour> behaviour) {
    this.whole = whole;
    this.sink = sink;
    this.behaviour = behaviour;
  }

  /** No more comes. */
  void end(FrameReader frames) {
    ended = true;
    frames.end();
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public boolean isFull() {
    long most = behaviour.get().closeAfter();
    return most > 0 && count >= most;
  }

  @Override
  public void frame(byte[] bytes, int from, int to) {
    if (ended) {
      sink.unfinished(bytes, from, to);
    } else {
      count++;
      whole.take(bytes, from, to);
    }
  }

  @Override
  public void oversized(byte[] firstBytes, long length) {
    LOG.debug("a message of {} bytes is too long", length);
  }

  @Override
  public void broken(byte[] firstBytes, String why) {
    LOG.debug("the connection cannot be cut into messages: {}", why);
    if (ended) {
      sink.unfinished(firstBytes, 0, firstBytes.length);
    }
  }

  @Override
  public void givenUp(byte[] firstBytes, long length) {
    throw new IllegalStateException("nobody gives up here");
  }
}
