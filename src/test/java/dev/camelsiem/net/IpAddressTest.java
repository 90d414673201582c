package dev.camelsiem.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Our addresses mean what Java's mean. */
class IpAddressTest {
  @Provide
  Arbitrary<byte[]> ipv6() {
    return Arbitraries.of(0, 0, 0, 0, 1, 0x0d, 0xff, 0xb8)
        .map(Integer::byteValue)
        .list()
        .ofSize(16)
        .map(
            list -> {
              byte[] bytes = new byte[16];
              for (int i = 0; i < 16; i++) {
                bytes[i] = list.get(i);
              }
              return bytes;
            });
  }

  @Property(tries = 2000, seed = "4001")
  void readsAndWritesIpv6(@ForAll("ipv6") byte[] bytes) throws UnknownHostException {
    InetAddress expected = InetAddress.getByAddress(bytes);
    String text = expected.getHostAddress();
    String written = write(text);
    assertThat(InetAddress.getByName(written)).isEqualTo(expected);
    assertThat(write(written)).as("canonical").isEqualTo(written);
    if (expected instanceof Inet4Address) {
      assertThat(written).isEqualTo(text);
    } else {
      assertThat(written).isEqualTo(canonical(text));
    }
  }

  /** RFC 5952 said again on the text with all eight groups. */
  private static String canonical(String full) {
    String padded = ":" + full + ":";
    for (int zeros = 8; zeros > 1; zeros--) {
      int at = padded.indexOf(":0".repeat(zeros) + ":");
      if (at >= 0) {
        String head = padded.substring(0, at);
        String tail = padded.substring(at + 2 * zeros + 1);
        String joined = head + "::" + tail;
        return joined.substring(head.isEmpty() ? 0 : 1, joined.length() - (tail.isEmpty() ? 0 : 1));
      }
    }
    return full;
  }

  @Property(tries = 2000, seed = "4002")
  void neverThrows(@ForAll("noise") String text) throws UnknownHostException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (IpAddress.parseLoosely(bytes, 0, bytes.length) != null) {
      assertThat(InetAddress.getByName(write(text))).isNotNull();
    }
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.strings().withChars("0123456789abcdefF:.%[]g ").ofMaxLength(30);
  }

  private String write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    IpAddress address = IpAddress.parseLoosely(bytes, 0, bytes.length);
    byte[] written = new byte[IpAddress.LONGEST + 2];
    int end = Objects.requireNonNull(address, text).write(written, 1);
    assertThat(written[0]).isZero();
    assertThat(written[end]).isZero();
    return new String(written, 1, end - 1, StandardCharsets.US_ASCII);
  }
}
