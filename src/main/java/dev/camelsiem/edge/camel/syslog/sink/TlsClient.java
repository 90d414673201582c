package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.integration.Destination.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Client side of TLS 1.2 and 1.3 with the JDK's engine. The certificate must name the host that was
 * configured, unless the settings say otherwise; there is no way to trust everybody.
 */
final class TlsClient {
  private final SslContext context;
  private final Tls settings;

  private TlsClient(SslContext context, Tls settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Reads the certificates and keys once.
   *
   * @throws IllegalArgumentException with a sentence that names the file when one cannot be used
   */
  static TlsClient of(Tls settings) {
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2");
    try {
      trust(builder, settings);
      if (settings.certificateFile() != null && settings.keyFile() != null) {
        builder.keyManager(
            readable(settings.certificateFile()),
            readable(settings.keyFile()),
            settings.keyPassword());
      }
      return new TlsClient(builder.build(), settings);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("TLS settings cannot be used: " + Failures.describe(e), e);
    }
  }

  /** A handler for one connection. */
  SslHandler handler(ByteBufAllocator allocator, String host, int port) {
    SSLEngine engine = context.newEngine(allocator, host, port);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(settings.verifyHost() ? "HTTPS" : "");
    engine.setSSLParameters(parameters);
    return new SslHandler(engine);
  }

  private static void trust(SslContextBuilder builder, Tls settings)
      throws IOException, GeneralSecurityException {
    String file = settings.caFile();
    if (file == null) {
      return; // the JVM's own
    }
    String type = keyStoreType(file);
    if (type == null) {
      builder.trustManager(readable(file));
      return;
    }
    KeyStore store = KeyStore.getInstance(type);
    String password = settings.caPassword();
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password == null ? null : password.toCharArray());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    builder.trustManager(factory);
  }

  private static @Nullable String keyStoreType(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".p12") || name.endsWith(".pfx")) {
      return "PKCS12";
    }
    return name.endsWith(".jks") ? "JKS" : null;
  }

  private static File readable(String file) throws IOException {
    if (!Files.isReadable(Path.of(file))) {
      throw new IOException("cannot read " + file);
    }
    return new File(file);
  }
}
