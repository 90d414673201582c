package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;

/** Tells what is done with one connection, as long as it is the one in use. Thread-safe. */
final class LinkState {
  private final Transport.Listener listener;
  private SenderState doing = SenderState.CONNECTING;
  private boolean left;

  LinkState(Transport.Listener listener) {
    this.listener = listener;
  }

  /** Told unless it was told last. */
  void enter(SenderState state) {
    synchronized (this) {
      if (left || doing == state) {
        return;
      }
      doing = state;
    }
    listener.state(state);
  }

  /** The peer takes nothing, or goes on taking. */
  void stalled(boolean stalls) {
    SenderState state;
    synchronized (this) {
      if (left) {
        return;
      }
      state = stalls ? SenderState.STALLED : doing;
    }
    listener.state(state);
  }

  /** Another connection is used from now on: nothing more is told. */
  synchronized void leave() {
    left = true;
  }
}
