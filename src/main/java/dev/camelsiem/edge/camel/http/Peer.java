package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.Senders;
import dev.camelsiem.edge.camel.intake.Slots;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One connection, for its requests. Thread-safe. */
final class Peer {
  private final InetAddress sender;
  private final String origin;
  private final Slots.Slot slot;
  private final ConnectionTimer timer;
  private final Set<Underway> requests = ConcurrentHashMap.newKeySet();
  private volatile boolean orphaned;

  /**
   * @param origin as raw events name it: {@code http://192.0.2.1:40000}
   */
  Peer(InetAddress address, String origin, Slots.Slot slot, ConnectionTimer timer) {
    sender = Senders.of(address);
    this.origin = origin;
    this.slot = slot;
    this.timer = timer;
  }

  /** As whom it counts where senders are treated alike. */
  InetAddress sender() {
    return sender;
  }

  String origin() {
    return origin;
  }

  Slots.Slot slot() {
    return slot;
  }

  ConnectionTimer timer() {
    return timer;
  }

  void begun(Underway request) {
    requests.add(request);
  }

  void over(Underway request) {
    requests.remove(request);
  }

  boolean isOrphaned() {
    return orphaned;
  }

  /**
   * Its network thread is gone and will never say that it has ended. What a worker has is given
   * back by the worker.
   */
  void orphaned() {
    orphaned = true;
    for (Underway request : requests) {
      if (!request.isAtWork()) {
        request.close();
      }
    }
    slot.close();
  }
}
