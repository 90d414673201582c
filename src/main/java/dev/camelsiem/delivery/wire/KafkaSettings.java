package dev.camelsiem.delivery.wire;

import dev.camelsiem.integration.Destination.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** How a Kafka producer is set up so that nothing is lost or put in another order. */
final class KafkaSettings {
  static final int LARGEST_RECORD = 2 << 20;

  private static final int BUFFER = 16 << 20;
  private static final int DELIVERY_TIMEOUT = 120_000;
  private static final int BLOCK_TIMEOUT = 30_000;

  private KafkaSettings() {}

  /**
   * The producer's configuration.
   *
   * @throws IOException with the name of a file that cannot be read
   */
  static Map<String, Object> of(WireSettings settings) throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap(settings));
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.put("max.in.flight.requests.per.connection", 5);
    config.put("delivery.timeout.ms", DELIVERY_TIMEOUT);
    config.put("max.block.ms", BLOCK_TIMEOUT);
    config.put("linger.ms", 5);
    config.put("buffer.memory", BUFFER);
    config.put("max.request.size", LARGEST_RECORD);
    config.put("client.id", "camel-siem");
    Tls tls = settings.tls();
    if (tls != null) {
      secure(config, tls);
    }
    return config;
  }

  static String bootstrap(WireSettings settings) {
    return settings.addresses().stream()
        .map(KafkaSettings::hostPort)
        .collect(Collectors.joining(","));
  }

  private static String hostPort(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static void secure(Map<String, Object> config, Tls tls) throws IOException {
    config.put("security.protocol", "SSL");
    config.put("ssl.endpoint.identification.algorithm", tls.verifyHost() ? "https" : "");
    config.put("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
    String trust = tls.caFile();
    if (trust != null) {
      config.put("ssl.truststore.type", storeType(trust));
      config.put("ssl.truststore.location", readable(trust));
      put(config, "ssl.truststore.password", tls.caPassword());
    }
    String certificate = tls.certificateFile();
    String key = tls.keyFile();
    if (certificate != null && key != null) {
      config.put("ssl.keystore.type", "PEM");
      config.put(
          "ssl.keystore.certificate.chain",
          new Password(Files.readString(Path.of(readable(certificate)))));
      config.put("ssl.keystore.key", new Password(Files.readString(Path.of(readable(key)))));
      put(config, "ssl.key.password", tls.keyPassword());
    }
  }

  private static void put(Map<String, Object> config, String name, @Nullable String secret) {
    if (secret != null) {
      config.put(name, new Password(secret));
    }
  }

  private static String storeType(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".p12") || name.endsWith(".pfx")) {
      return "PKCS12";
    }
    return name.endsWith(".jks") ? "JKS" : "PEM";
  }

  private static String readable(String file) throws IOException {
    if (!Files.isReadable(Path.of(file))) {
      throw new IOException("TLS settings cannot be used: cannot read " + file);
    }
    return file;
  }
}
