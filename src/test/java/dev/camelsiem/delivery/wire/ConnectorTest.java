package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Which of a name's addresses are tried. */
class ConnectorTest {
  @Test
  void theGoodOneComesFirstAndTheBadOneLast() throws Exception {
    InetAddress[] found = addresses(4);
    assertThat(Connector.inOrder(found, found[2], found[0]))
        .containsExactly(found[2], found[1], found[3], found[0]);
    assertThat(Connector.inOrder(found, null, null)).containsExactly(found);
  }

  /** An attempt that goes through thousands would take hours and hear of no change of the name. */
  @Test
  void ofVeryManyAddressesSomeAreTried() throws Exception {
    InetAddress[] found = addresses(4_000);
    InetAddress[] tried = Connector.inOrder(found, found[3_999], found[0]);
    assertThat(tried).hasSize(8).doesNotHaveDuplicates().doesNotContain(found[0]);
    assertThat(tried[0]).isEqualTo(found[3_999]);
    assertThat(tried).isNotEqualTo(Connector.inOrder(found, found[3_999], found[0]));
  }

  private static InetAddress[] addresses(int count) throws UnknownHostException {
    InetAddress[] made = new InetAddress[count];
    for (int i = 0; i < count; i++) {
      made[i] = InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
    }
    return made;
  }
}
