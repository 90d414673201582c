package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.handler.codec.http.HttpContent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one request holds, from its head to the end of its answer: its bytes, its place, its part in
 * counts. All of it is given back once, whoever comes to do so first. Thread-safe.
 */
final class Underway implements AutoCloseable {
  private static final int LARGE_BYTES = 512 * 1024;
  private static final int LARGE_PACKED_BYTES = 16 * 1024;

  private final HttpServer server;
  private final Peer peer;
  private final HeadCheck.Accepted head;
  private final RequestBody body;
  private final Slots.Slot slot;
  private final UnfinishedBudget.Holding answer;
  private final AtomicBoolean counts = new AtomicBoolean();
  private final AtomicBoolean works = new AtomicBoolean();
  private volatile boolean atWork;
  private @Nullable Job job; // for the network's thread

  private Underway(
      HttpServer server,
      Peer peer,
      HeadCheck.Accepted head,
      RequestBody body,
      Slots.Slot slot,
      UnfinishedBudget.Holding answer) {
    this.server = server;
    this.peer = peer;
    this.head = head;
    this.body = body;
    this.slot = slot;
    this.answer = answer;
    peer.begun(this);
  }

  /**
   * Takes a place among the requests of the server.
   *
   * @param answer for the bytes of the answer
   * @param whenFull is told, on any thread, that its place or its bytes are needed elsewhere
   * @throws HttpRefusal when there is no place
   */
  static Underway begin(
      HttpServer server,
      Peer peer,
      HeadCheck.Accepted head,
      UnfinishedBudget.Holding answer,
      Runnable whenFull)
      throws HttpRefusal {
    Slots.Slot slot = server.requests().admit(peer.sender(), whenFull);
    if (slot == null) {
      throw HttpRefusal.unavailable(head.site().retryAfter());
    }
    RequestBody body = new RequestBody(server.budget(), peer.sender(), whenFull);
    return new Underway(server, peer, head, body, slot, answer);
  }

  Site site() {
    return head.site();
  }

  RequestBody body() {
    return body;
  }

  UnfinishedBudget.Holding answer() {
    return answer;
  }

  /**
   * Takes a part of the body.
   *
   * @throws HttpRefusal when it is too large or none, or no memory is left for it
   */
  void collect(HttpContent content) throws HttpRefusal {
    HttpLimits limits = site().limits();
    if (content.decoderResult().isFailure()) {
      throw new HttpRefusal(400, "the body is not what its head says");
    }
    if (content.content().readableBytes() > limits.bodyBytes() - body.size()) {
      throw HeadCheck.tooLarge(limits);
    }
    if (!body.add(content.content())) {
      throw HttpRefusal.unavailable(site().retryAfter());
    }
  }

  /** Whether the threads that are for large bodies work on it. */
  boolean isLarge() {
    return body.size() > (head.gzip() ? LARGE_PACKED_BYTES : LARGE_BYTES);
  }

  /**
   * A worker gets it.
   *
   * @param done gets the answer, once, on the worker's thread
   */
  Job work(Consumer<HttpAnswer> done) {
    atWork = true;
    counts.set(true);
    works.set(true);
    slot.work();
    peer.slot().work();
    site().way().begun();
    server.unanswered().add();
    Job made = new Job(site(), body, head.gzip(), peer.sender(), peer.origin(), done);
    job = made;
    return made;
  }

  /** Nobody waits for the answer any more. What has not been begun is not begun then. */
  void abandon() {
    Job abandoned = job;
    if (abandoned != null) {
      abandoned.abandon();
      server.withdraw(abandoned);
    }
  }

  boolean isAtWork() {
    return atWork;
  }

  /** The worker is through; true when there is nobody any more who could be answered. */
  boolean worked() {
    site().way().ended();
    atWork = false;
    if (peer.isOrphaned()) {
      close();
    }
    return peer.isOrphaned();
  }

  /** The answer goes out: the connection may give way again if nobody reads it. */
  void answering() {
    if (works.compareAndSet(true, false)) {
      peer.slot().done();
    }
  }

  @Override
  public void close() {
    answering();
    answer.close();
    body.close();
    slot.close();
    if (counts.compareAndSet(true, false)) {
      server.unanswered().remove();
    }
    peer.over(this);
  }
}
