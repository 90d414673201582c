package dev.camelsiem.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * The listener's side of TLS: who we are, from a key store or from PEM files, and which senders we
 * believe.
 */
public final class ServerTls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private @Nullable String keyStore;
  private @Nullable String keyStorePassword;
  private @Nullable String certificate;
  private @Nullable String privateKey;
  private @Nullable String privateKeyPassword;
  private @Nullable String trustStore;
  private @Nullable String trustStorePassword;
  private @Nullable String trustedCertificates;
  private String clientAuth = "none";

  /** PKCS12 or JKS with our key and certificate chain. */
  public void setKeyStore(@Nullable String keyStore) {
    this.keyStore = keyStore;
  }

  public void setKeyStorePassword(@Nullable String keyStorePassword) {
    this.keyStorePassword = keyStorePassword;
  }

  /** PEM with our certificate and those between it and the authority. */
  public void setCertificate(@Nullable String certificate) {
    this.certificate = certificate;
  }

  /** PEM with our key, PKCS#8. */
  public void setPrivateKey(@Nullable String privateKey) {
    this.privateKey = privateKey;
  }

  public void setPrivateKeyPassword(@Nullable String privateKeyPassword) {
    this.privateKeyPassword = privateKeyPassword;
  }

  /** PKCS12 or JKS with the authorities of senders. */
  public void setTrustStore(@Nullable String trustStore) {
    this.trustStore = trustStore;
  }

  public void setTrustStorePassword(@Nullable String trustStorePassword) {
    this.trustStorePassword = trustStorePassword;
  }

  /** PEM with the authorities of senders. */
  public void setTrustedCertificates(@Nullable String trustedCertificates) {
    this.trustedCertificates = trustedCertificates;
  }

  /** {@code none}, {@code want} or {@code need}. */
  public void setClientAuth(String clientAuth) {
    this.clientAuth = clientAuth;
  }

  /** Whether any key is named, so that TLS is meant. */
  public boolean isSet() {
    return keyStore != null || certificate != null;
  }

  /** Whether another would make the same listener. */
  public boolean isSameAs(ServerTls other) {
    return settings().equals(other.settings());
  }

  private List<@Nullable String> settings() {
    return Arrays.asList(
        keyStore,
        keyStorePassword,
        certificate,
        privateKey,
        privateKeyPassword,
        trustStore,
        trustStorePassword,
        trustedCertificates,
        clientAuth);
  }

  /** As {@link #build(TlsFiles, ApplicationProtocolConfig)}, for a protocol without names. */
  public SslContext build(TlsFiles files) {
    return build(files, ApplicationProtocolConfig.DISABLED);
  }

  /**
   * @param protocols what is spoken inside, for ALPN
   * @throws IllegalArgumentException when settings are missing, contradict each other or name files
   *     that cannot be used; the message names the setting
   */
  public SslContext build(TlsFiles files, ApplicationProtocolConfig protocols) {
    ClientAuth auth = clientAuth();
    SslContextBuilder builder = ownIdentity(files);
    if (auth != ClientAuth.NONE) {
      trust(builder, files);
    }
    try {
      return builder
          .sslProvider(SslProvider.JDK)
          .protocols(PROTOCOLS)
          .applicationProtocolConfig(protocols)
          .clientAuth(auth)
          .build();
    } catch (IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * A socket that is not bound yet, for servers without netty.
   *
   * @throws IllegalArgumentException as {@link #build(TlsFiles, ApplicationProtocolConfig)}
   */
  public SSLServerSocket socket(TlsFiles files) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            ((JdkSslContext) build(files)).context().getServerSocketFactory().createServerSocket();
    socket.setEnabledProtocols(PROTOCOLS);
    if (clientAuth() == ClientAuth.REQUIRE) {
      socket.setNeedClientAuth(true);
    } else {
      socket.setWantClientAuth(clientAuth() == ClientAuth.OPTIONAL);
    }
    return socket;
  }

  private ClientAuth clientAuth() {
    return switch (clientAuth.toLowerCase(Locale.ROOT)) {
      case "none" -> ClientAuth.NONE;
      case "want" -> ClientAuth.OPTIONAL;
      case "need" -> ClientAuth.REQUIRE;
      default ->
          throw new IllegalArgumentException(
              "clientAuth is `" + clientAuth + "`; it can be `none`, `want` or `need`");
    };
  }

  private SslContextBuilder ownIdentity(TlsFiles files) {
    if (keyStore != null && certificate != null) {
      throw new IllegalArgumentException(
          "keyStore and certificate are both set; give the key one way only");
    }
    if (keyStore != null) {
      return fromKeyStore(files, keyStore);
    }
    if (certificate != null && privateKey != null) {
      return fromPem(files, certificate, privateKey);
    }
    throw new IllegalArgumentException(
        "TLS needs a key: set keyStore and keyStorePassword, or certificate and"
            + " privateKey (PEM)");
  }

  private SslContextBuilder fromKeyStore(TlsFiles files, String name) {
    try {
      char[] password = password(keyStorePassword);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(files, name, password), password);
      return SslContextBuilder.forServer(keys);
    } catch (GeneralSecurityException | IOException e) {
      throw unusable("keyStore", name, e);
    }
  }

  private SslContextBuilder fromPem(TlsFiles files, String chain, String key) {
    try (InputStream chainStream = files.open(chain);
        InputStream keyStream = files.open(key)) {
      return SslContextBuilder.forServer(chainStream, keyStream, privateKeyPassword);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable("certificate and privateKey", chain + ", " + key, e);
    }
  }

  private void trust(SslContextBuilder builder, TlsFiles files) {
    if (trustStore != null) {
      try {
        builder.trustManager(
            KeyStores.trust(load(files, trustStore, password(trustStorePassword))));
      } catch (GeneralSecurityException | IOException e) {
        throw unusable("trustStore", trustStore, e);
      }
    } else if (trustedCertificates != null) {
      try (InputStream stream = files.open(trustedCertificates)) {
        builder.trustManager(stream);
      } catch (IOException | IllegalArgumentException e) {
        throw unusable("trustedCertificates", trustedCertificates, e);
      }
    } else {
      throw new IllegalArgumentException(
          "clientAuth `"
              + clientAuth
              + "` needs to know whom to believe: set trustStore or trustedCertificates (PEM)");
    }
  }

  private static KeyStore load(TlsFiles files, String name, char[] password)
      throws IOException, GeneralSecurityException {
    try (InputStream stream = files.open(name)) {
      return KeyStores.load(KeyStore.getDefaultType(), stream, password);
    }
  }

  private static char[] password(@Nullable String password) {
    return password == null ? new char[0] : password.toCharArray();
  }

  private static IllegalArgumentException unusable(String setting, String value, Exception cause) {
    return new IllegalArgumentException(
        setting + " `" + value + "` cannot be used: " + cause.getMessage(), cause);
  }
}
