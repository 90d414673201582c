package dev.camelsiem.integration;

import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Destination.Protocol;
import java.time.Duration;

/** The mapping {@code delivery} of an integration, with the keys that it once had. */
final class DeliveryParser {
  private static final long MIB = 1L << 20;
  private static final long MOST_MEGABYTES = 1L << 20;
  private static final int MOST_HOURS = 8_760;

  private final CheckedValues values;
  private final Fields fields;
  private final Protocol protocol;

  DeliveryParser(CheckedValues values, Protocol protocol) {
    this.values = values;
    this.fields = values.fields;
    this.protocol = protocol;
  }

  /** What holds for a protocol when nothing is written. */
  static DeliverySettings standard(Protocol protocol) {
    DeliverySettings standard = DeliverySettings.DEFAULT;
    return new DeliverySettings(
        protocol == Protocol.TCP ? Confirm.CLOSE : Confirm.NONE,
        standard.confirmTimeout(),
        standard.quotaBytes(),
        standard.quotaAge(),
        standard.whenFull());
  }

  DeliverySettings parse() {
    DeliverySettings standard = standard(protocol);
    DeliverySettings delivery =
        new DeliverySettings(
            confirm(standard.confirm()),
            Duration.ofSeconds(
                values.bounded(
                    "confirmTimeoutSeconds", 1, 3_600, standard.confirmTimeout().toSeconds())),
            quotaMegabytes(standard.quotaBytes() / MIB) * MIB,
            Duration.ofHours(
                values.bounded("quotaHours", 1, MOST_HOURS, standard.quotaAge().toHours())),
            values.choice("whenFull", WhenFull.DROP_OLDEST));
    meaningless("queueEvents");
    meaningless("resendKilobytes");
    fields.refuseOthers();
    return delivery;
  }

  private Confirm confirm(Confirm standard) {
    if (protocol == Protocol.TCP) {
      return values.choice("confirm", standard);
    }
    if (fields.has("confirm")) {
      String why =
          protocol == Protocol.UDP
              ? "works with the protocol TCP only: over UDP nothing confirms"
              : "works with the protocol TCP only: Kafka confirms by itself";
      values.report(IntegrationCode.CONFLICT, "confirm", why);
    }
    return standard;
  }

  private long quotaMegabytes(long standard) {
    if (!fields.has("spoolMegabytes")) {
      return values.bounded("quotaMegabytes", 1, MOST_MEGABYTES, standard);
    }
    values.report(IntegrationCode.OLD_KEY, "spoolMegabytes", "is now called `quotaMegabytes`");
    if (fields.has("quotaMegabytes")) {
      values.report(
          IntegrationCode.CONFLICT,
          "spoolMegabytes",
          "is the old name of `quotaMegabytes`: write one of them");
    }
    return values.bounded("spoolMegabytes", 1, MOST_MEGABYTES, standard);
  }

  private void meaningless(String key) {
    if (fields.has(key)) {
      values.report(
          IntegrationCode.OLD_KEY,
          key,
          "has no meaning any more: what is not confirmed waits in the log; leave it out");
    }
  }
}
