package dev.camelsiem.delivery.wire;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Opens transports that confirm by close, on one loop, and keeps what they say. */
abstract class WindowFixture {
  static final long NOTHING = ConfirmingTransport.NOTHING;

  final Loops loops = new Loops(1);
  final Heard heard = new Heard();

  @AfterEach
  void stop() {
    loops.close();
  }

  ConfirmingTransport open(Wiring.Limits limits, Peer peer) {
    return open(limits, Duration.ofMinutes(1), peer);
  }

  ConfirmingTransport open(Wiring.Limits limits, Duration confirmTimeout, Peer peer) {
    return new ConfirmingTransport(
        Wiring.to(null, confirmTimeout, peer.address()), limits.build(), loops, heard);
  }
}
