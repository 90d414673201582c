package dev.camelsiem.tls;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Key stores and what is made of them. */
public final class KeyStores {
  private KeyStores() {}

  /** The type that the name of a file says; null when it says none, so that it may be PEM. */
  public static @Nullable String type(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".p12") || name.endsWith(".pfx")) {
      return "PKCS12";
    }
    return name.endsWith(".jks") ? "JKS" : null;
  }

  /**
   * Reads a store.
   *
   * @param type as in {@link #type}, or that of this JVM, which takes PKCS12 and JKS
   * @param password null not to check that the store is as it was made
   */
  public static KeyStore load(String type, InputStream in, char @Nullable [] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(in, password);
    return store;
  }

  /** Those who believe whom the certificates of a store have signed. */
  public static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
