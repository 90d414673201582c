package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.HeldPort;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UdpTransportTest {
  private final Heard heard = new Heard();

  @Test
  void eachDatagramToAClosedPortIsCountedOnce() throws Exception {
    try (HeldPort nobody = new HeldPort();
        UdpTransport transport =
            new UdpTransport(
                Wiring.to(InetSocketAddress.createUnresolved("127.0.0.1", nobody.number())),
                heard)) {
      transport.send(Lines.numbered(0, 501), 501);
      assertThat(heard.lost).hasValue(501);
      transport.send(Lines.numbered(501, 502), 502);
      assertThat(heard.lost).hasValue(502);
      assertThat(transport.isDue()).isTrue();
      assertThat(transport.confirm()).isEqualTo(502);
      assertThat(heard.losses).allMatch(why -> why.contains("nobody listens"));
    }
  }
}
