package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.Transport;
import dev.camelsiem.delivery.wire.WireSettings.Way;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Tls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings and batches for tests of transports. */
final class Wiring {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Wiring() {}

  static WireSettings to(InetSocketAddress... addresses) {
    return to(null, MINUTE, addresses);
  }

  static WireSettings to(
      @Nullable Tls tls, Duration confirmTimeout, InetSocketAddress... addresses) {
    return new WireSettings(
        Way.CONFIRMED,
        List.of(addresses),
        tls,
        Framing.LF,
        Duration.ofSeconds(5),
        confirmTimeout,
        null,
        WireSettings.LARGEST_DATAGRAM);
  }

  /** Closes a transport that is closed again by its block. */
  static void close(Transport transport) {
    transport.close();
  }

  /** Limits under which nothing happens by time within a test. */
  static Limits limits() {
    return new Limits();
  }

  /** {@link WireLimits} that can be changed one by one. */
  static final class Limits {
    private Duration youth = Duration.ZERO;
    private Duration trial = Duration.ZERO;
    private Duration proof = MINUTE;
    private Duration stall = MINUTE;
    private Duration silence = MINUTE;
    private Duration death = MINUTE;
    private Duration patience = MINUTE;
    private Duration slow = MINUTE;
    private Duration retest = MINUTE;
    private Duration trailing = MINUTE;
    private Duration tailAge = Duration.ZERO;
    private Duration longestTailAge = Duration.ofHours(1);
    private Duration age = Duration.ofHours(1);
    private int startBytes = 64 << 10;
    private long tailBytes = WireLimits.DEFAULT.tailBytes();

    Limits trial(Duration value) {
      trial = value;
      return this;
    }

    Limits youth(Duration value) {
      youth = value;
      return this;
    }

    Limits proof(Duration value) {
      proof = value;
      return this;
    }

    Limits stall(Duration value) {
      stall = value;
      return this;
    }

    Limits silence(Duration value) {
      silence = value;
      return this;
    }

    Limits patience(Duration value) {
      patience = value;
      return this;
    }

    Limits slow(Duration value) {
      slow = value;
      return this;
    }

    Limits retest(Duration value) {
      retest = value;
      return this;
    }

    Limits trailing(Duration value) {
      trailing = value;
      return this;
    }

    Limits tailAge(Duration value) {
      tailAge = value;
      return this;
    }

    Limits age(Duration value) {
      age = value;
      return this;
    }

    Limits startBytes(int value) {
      startBytes = value;
      return this;
    }

    Limits longestTailAge(Duration value) {
      longestTailAge = value;
      return this;
    }

    Limits tailBytes(long value) {
      tailBytes = value;
      return this;
    }

    WireLimits build() {
      return new WireLimits(
          startBytes,
          250,
          1 << 20,
          2_000,
          16 << 10,
          age,
          age,
          MINUTE,
          slow,
          youth,
          trial,
          proof,
          stall,
          silence,
          death,
          patience,
          1 << 20,
          tailBytes,
          tailAge,
          longestTailAge,
          retest,
          retest,
          trailing);
    }
  }
}
