package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a transport says. */
final class Heard implements Transport.Listener {
  final List<SenderState> states = new CopyOnWriteArrayList<>();
  final List<String> addresses = new CopyOnWriteArrayList<>();
  final List<String> unconfirmed = new CopyOnWriteArrayList<>();
  final List<String> losses = new CopyOnWriteArrayList<>();
  final AtomicInteger sent = new AtomicInteger();
  final AtomicInteger lost = new AtomicInteger();
  final AtomicInteger confirming = new AtomicInteger();

  @Override
  public void state(SenderState state) {
    states.add(state);
  }

  @Override
  public void connected(String address) {
    addresses.add(address);
  }

  @Override
  public void sent(int events, long bytes) {
    sent.addAndGet(events);
  }

  @Override
  public void lost(int events, String why) {
    lost.addAndGet(events);
    losses.add(why);
  }

  @Override
  public void confirms() {
    confirming.incrementAndGet();
  }

  @Override
  public void unconfirmed(String why) {
    unconfirmed.add(why);
  }
}
