package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one request holds, from its head to the end of its answer: its bytes, its place, its part in
 * counts. All of it is given back once, whoever comes to do so first. Thread-safe.
 */
final class Underway implements AutoCloseable {
  private final HttpServer server;
  private final Peer peer;
  private final HeadCheck.Accepted head;
  private final Body body;
  private final Slots.Slot slot;
  private final UnfinishedBudget.Holding answer;
  private final AtomicBoolean counts = new AtomicBoolean();
  private final AtomicBoolean works = new AtomicBoolean();
  private volatile boolean atWork;

  /**
   * @param slot among the requests of the server
   * @param answer for the bytes of the answer
   */
  Underway(
      HttpServer server,
      Peer peer,
      HeadCheck.Accepted head,
      Body body,
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

  HeadCheck.Accepted head() {
    return head;
  }

  Site site() {
    return head.site();
  }

  Body body() {
    return body;
  }

  UnfinishedBudget.Holding answer() {
    return answer;
  }

  /** A worker gets it. */
  void work() {
    atWork = true;
    counts.set(true);
    works.set(true);
    slot.work();
    peer.slot().work();
    site().way().begun();
    server.unanswered().add();
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
