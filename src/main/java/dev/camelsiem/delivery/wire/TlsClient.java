package dev.camelsiem.delivery.wire;

import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.tls.KeyStores;
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
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Client side of TLS 1.2 and 1.3 with the JDK's engine. The certificate must name the host that was
 * configured, unless the settings say otherwise; there is no way to trust everybody. Files are read
 * again when they have changed; until then sessions are resumed. Used by one thread.
 */
final class TlsClient {
  private static final int SESSIONS = 16;

  private final Tls settings;
  private @Nullable SslContext context;
  private List<String> stamps = List.of();

  TlsClient(Tls settings) {
    this.settings = settings;
  }

  /**
   * Reads the certificates and keys, unless they are as they were.
   *
   * @throws IOException with a sentence that names the file when one cannot be used
   */
  SslContext context() throws IOException {
    List<String> now = stamps();
    SslContext current = context;
    if (current == null || !now.equals(stamps)) {
      current = read();
      context = current;
      stamps = now;
    }
    return current;
  }

  /** A handler for one connection. */
  SslHandler handler(String host, int port) throws IOException {
    return new SslHandler(engine(host, port));
  }

  /** An engine for one connection. */
  SSLEngine engine(String host, int port) throws IOException {
    SSLEngine engine = context().newEngine(ByteBufAllocator.DEFAULT, host, port);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(settings.verifyHost() ? "HTTPS" : "");
    engine.setSSLParameters(parameters);
    return engine;
  }

  private SslContext read() throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .sessionCacheSize(SESSIONS); // a peer may send as many tickets as it likes
    trust(builder);
    String certificate = settings.certificateFile();
    String key = settings.keyFile();
    if ((certificate == null) != (key == null)) {
      throw new IOException(
          "`certificateFile` and `keyFile` belong together: only `"
              + (key == null ? "certificateFile" : "keyFile")
              + "` is set");
    }
    try {
      if (certificate != null && key != null) {
        builder.keyManager(readable(certificate), readable(key), settings.keyPassword());
      }
      return builder.build();
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(
          certificate != null && key != null ? certificate + " or " + key : "the trust store", e);
    }
  }

  private void trust(SslContextBuilder builder) throws IOException {
    String file = settings.caFile();
    if (file == null) {
      return; // the JVM's own
    }
    try {
      String type = KeyStores.type(file);
      if (type == null) {
        builder.trustManager(readable(file));
      } else {
        builder.trustManager(store(type, readable(file)));
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(file, e);
    }
  }

  private TrustManagerFactory store(String type, File file)
      throws IOException, GeneralSecurityException {
    String password = settings.caPassword();
    try (InputStream in = Files.newInputStream(file.toPath())) {
      return KeyStores.trust(
          KeyStores.load(type, in, password == null ? null : password.toCharArray()));
    }
  }

  /** What tells that a file is another one now, for each file. */
  private List<String> stamps() throws IOException {
    List<String> found = new ArrayList<>();
    String[] files = {settings.caFile(), settings.certificateFile(), settings.keyFile()};
    for (String file : files) {
      if (file != null) {
        readable(file);
        BasicFileAttributes is = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
        found.add(
            file
                + is.lastModifiedTime()
                + is.size()
                + Objects.requireNonNullElse(is.fileKey(), ""));
      }
    }
    return found;
  }

  private static IOException unusable(String file, Exception cause) {
    return new IOException(
        "TLS settings cannot be used: " + file + ": " + Failures.describe(cause), cause);
  }

  private static File readable(String file) throws IOException {
    if (!Files.isReadable(Path.of(file))) {
      throw new IOException("TLS settings cannot be used: cannot read " + file);
    }
    return new File(file);
  }
}
